// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.services.sqs.SqsService;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Lambda service with functions in this process, on skipping time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class LambdaFixture {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Packed into a zip and loaded from there. */
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      context.getLogger().log("echo " + context.getFunctionVersion());
      in.transferTo(out);
    }
  }

  @TempDir Path directory;
  final SimClock clock = new SimClock(new ClockMode.Skipping());
  final Journal journal = new Journal(clock);
  final Ids ids = new Ids(5);
  Dispatcher dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
  final InProcessFunctions functions = new InProcessFunctions();
  final List<String> logs = new CopyOnWriteArrayList<>();
  LambdaService service;

  @BeforeEach
  void start() {
    service = service(false);
    dispatcher.register(service);
  }

  LambdaService service(boolean proactive) {
    var queues =
        new SqsService(
            clock,
            ids,
            journal,
            "111111111111",
            "us-east-1",
            () -> URI.create("http://127.0.0.1:4566"),
            false,
            SqsSettings.DEFAULT);
    return new LambdaService(
        new LambdaComponents(
            clock,
            ids,
            journal,
            dispatcher,
            (group, stream, at, message) -> logs.add(group + "|" + message),
            queues::consumers,
            () -> {
              throw new IllegalStateException("no streams here");
            },
            new InProcessEnvironments(clock, functions, Map::of),
            "111111111111",
            "us-east-1",
            directory,
            5,
            proactive,
            () -> URI.create("http://127.0.0.1:4566"),
            FunctionAccess.OPEN));
  }

  @AfterEach
  void stop() {
    service.close();
    clock.close();
  }

  JsonNode create(String name, String members) {
    String role = "'Role': 'arn:aws:iam::111111111111:role/r'";
    try {
      ObjectNode input =
          object(
              "{'FunctionName': '"
                  + name
                  + "', 'Runtime': 'java21', "
                  + role
                  + ", 'Handler': '"
                  + Echo.class.getName()
                  + "', 'Code': {'ZipFile': '"
                  + zip("x")
                  + "'}}");
      input.setAll(object("{'FunctionName': '" + name + "'" + members + "}"));
      return clock
          .call(() -> dispatcher.call("lambda", "CreateFunction", input, context("")))
          .json();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  Output call(String operation, String input) {
    return invoke(operation, input, "");
  }

  Output invoke(String input, String payload) {
    return invoke("Invoke", input, payload);
  }

  Output invoke(String operation, String input, String payload) {
    try {
      ObjectNode json = object(input);
      return clock.call(() -> dispatcher.call("lambda", operation, json, context(payload)));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  CallContext context(String payload) {
    return new CallContext(
        "111111111111",
        "us-east-1",
        ids.uuid().toString(),
        "",
        payload.getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode object(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  static String text(Output output) {
    byte[] raw = output.raw();
    return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
  }

  static String zip(String extra) {
    String file = Echo.class.getName().replace('.', '/') + ".class";
    try (InputStream code = Echo.class.getClassLoader().getResourceAsStream(file)) {
      if (code == null) {
        throw new IllegalStateException("no " + file);
      }
      byte[] text = extra.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder()
          .encodeToString(TestZip.of(Map.of(file, code.readAllBytes(), "extra.txt", text)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static void assertReservedConcurrencyIsUsedUp(ThrowingCallable invocation) {
    assertThatThrownBy(invocation)
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("TooManyRequestsException");
              assertThat(failure.status()).isEqualTo(429);
              assertThat(failure.members())
                  .containsEntry("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
            });
  }
}
