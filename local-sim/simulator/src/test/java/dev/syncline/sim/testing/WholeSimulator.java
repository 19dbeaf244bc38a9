// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Every service together, with skipping time and functions given as objects. */
public final class WholeSimulator implements AutoCloseable {
  private static final int MAX_SECONDS = 30;

  /** A function in terms of its JSON. */
  @FunctionalInterface
  public interface JsonFunction {
    String handle(JsonNode event) throws Exception;
  }

  public final Simulator simulator;

  public WholeSimulator(Path work) {
    this(
        SimulatorConfig.defaults(work)
            .withPort(0, -1)
            .withClock(new ClockMode.Skipping())
            .withExecutor(FunctionExecutor.IN_PROCESS, 20)
            .withProactive(false));
  }

  /** With another configuration. */
  public WholeSimulator(SimulatorConfig config) {
    simulator = Simulator.start(config);
  }

  /** Calls an operation; single quotes in the input stand for double ones. */
  public JsonNode call(String service, String operation, String input) {
    try {
      ObjectNode json = (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"'));
      CallContext context = simulator.internalCall();
      return simulator
          .clock()
          .call(() -> simulator.dispatcher().call(service, operation, json, context).json());
    } catch (RuntimeException refused) {
      throw refused;
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** Creates a function; {@code more} are further members, with single quotes. */
  public void function(String name, String more, JsonFunction function) {
    simulator
        .contracts()
        .get(InProcessFunctions.class)
        .register(
            name,
            environment ->
                new RequestStreamHandler() {
                  @Override
                  public void handleRequest(InputStream in, OutputStream out, Context context)
                      throws IOException {
                    try {
                      String answer = function.handle(Json.MAPPER.readTree(in));
                      out.write(answer.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException | RuntimeException failure) {
                      throw failure;
                    } catch (Exception failure) {
                      throw new IllegalStateException(failure);
                    }
                  }
                });
    call(
        "lambda",
        "CreateFunction",
        "{'FunctionName': '"
            + name
            + "', 'Runtime': 'java21', 'Handler': 'x.Y', 'Timeout': 5,"
            + " 'Role': 'arn:aws:iam::111111111111:role/r', 'Code': {'ZipFile': '"
            + emptyPackage()
            + "'}"
            + more
            + "}");
  }

  /** Calls an operation on the stack {@code s}, and waits until it has ended with this status. */
  public JsonNode stack(String operation, String template, String status) {
    ObjectNode input = Json.object().put("StackName", "s").put("TemplateBody", template);
    CallContext context = simulator.internalCall();
    simulator
        .clock()
        .run(() -> simulator.dispatcher().call("cloudformation", operation, input, context));
    JsonNode described;
    do {
      Thread.onSpinWait();
      described = call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
    } while (described.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    if (!described.path("StackStatus").asText().equals(status)) {
      throw new AssertionError(
          described + " " + call("cloudformation", "DescribeStackEvents", "{'StackName':'s'}"));
    }
    return described;
  }

  /** Waits in real time for an entry of the journal, unless it is there already. */
  public Journal.Entry until(Predicate<Journal.Entry> wanted) {
    var found = new CompletableFuture<Journal.Entry>();
    try (ClockActivity listening =
        simulator
            .journal()
            .listen(
                entry -> {
                  if (wanted.test(entry)) {
                    found.complete(entry);
                  }
                })) {
      simulator.journal().select(wanted).stream().findFirst().ifPresent(found::complete);
      return found.get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("nothing of the kind in the journal", failure);
    }
  }

  /** A package without code, in base64. */
  public static String emptyPackage() {
    return TestZip.base64("x.txt", "");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
