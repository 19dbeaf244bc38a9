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
import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.sqs.SqsService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LambdaServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  private final SimClock clock = new SimClock(new ClockMode.Skipping());
  private final Journal journal = new Journal(clock);
  private final Ids ids = new Ids(5);
  private Dispatcher dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
  private final InProcessFunctions functions = new InProcessFunctions();
  private final List<String> logs = new CopyOnWriteArrayList<>();
  private LambdaService service;

  @BeforeEach
  void start() {
    service = service(false);
    dispatcher.register(service);
  }

  private LambdaService service(boolean proactive) {
    var queues =
        new SqsService(
            clock,
            ids,
            journal,
            "111111111111",
            "us-east-1",
            () -> URI.create("http://127.0.0.1:4566"),
            false);
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
            () -> URI.create("http://127.0.0.1:4566")));
  }

  @AfterEach
  void stop() {
    service.close();
    clock.close();
  }

  @Test
  void aFunctionIsUnpackedAndItsHandlerAnswers() {
    create("f", "");

    Output output = invoke("{'FunctionName': 'f', 'LogType': 'Tail'}", "{\"a\":1}");

    assertThat(output.status()).isEqualTo(200);
    assertThat(text(output)).isEqualTo("{\"a\":1}");
    assertThat(output.headers())
        .containsEntry("X-Amz-Executed-Version", "$LATEST")
        .doesNotContainKey("X-Amz-Function-Error");
    assertThat(
            new String(
                Base64.getDecoder().decode(output.headers().get("X-Amz-Log-Result")),
                StandardCharsets.UTF_8))
        .contains("START RequestId", "echo $LATEST", "REPORT RequestId");
    assertThat(logs).contains("/aws/lambda/f|echo $LATEST");
  }

  @Test
  void theConfigurationShowsWhatTerraformReads() {
    JsonNode created =
        create(
            "f",
            ", 'Description': 'd', 'MemorySize': 512, 'Timeout': 7, 'Tags': {'P': 'x'},"
                + " 'Environment': {'Variables': {'A': '1'}}, 'TracingConfig': {'Mode':"
                + " 'Active'}, 'Architectures': ['arm64'], 'LoggingConfig': {'LogFormat':"
                + " 'JSON'}, 'SnapStart': {'ApplyOn': 'PublishedVersions'}");
    JsonNode got = call("GetFunction", "{'FunctionName': 'f'}").json();

    JsonNode shown = got.get("Configuration");
    assertThat(shown).isEqualTo(created);
    assertThat(shown.get("State").asText()).isEqualTo("Active");
    assertThat(shown.get("LastUpdateStatus").asText()).isEqualTo("Successful");
    assertThat(shown.get("PackageType").asText()).isEqualTo("Zip");
    assertThat(shown.at("/Environment/Variables/A").asText()).isEqualTo("1");
    assertThat(shown.at("/LoggingConfig/LogGroup").asText()).isEqualTo("/aws/lambda/f");
    assertThat(shown.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    assertThat(shown.get("LastModified").asText()).matches(".*T.*\\+0000");
    assertThat(shown.get("CodeSha256").asText()).hasSize(44);
    assertThat(got.get("Code").isObject()).isTrue();
    assertThat(got.at("/Tags/P").asText()).isEqualTo("x");
  }

  @Test
  void versionsAreSnapshotsAndAliasesLeadToThem() {
    create("f", ", 'Environment': {'Variables': {'A': '1'}}");
    assertThat(call("PublishVersion", "{'FunctionName': 'f'}").json().get("Version").asText())
        .isEqualTo("1");
    assertThat(call("PublishVersion", "{'FunctionName': 'f'}").json().get("Version").asText())
        .isEqualTo("1");
    call(
        "UpdateFunctionConfiguration",
        "{'FunctionName': 'f', 'Environment': {'Variables': {'A': '2'}}}");
    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");

    assertThat(
            call("GetFunctionConfiguration", "{'FunctionName': 'f', 'Qualifier': 'live'}")
                .json()
                .at("/Environment/Variables/A")
                .asText())
        .isEqualTo("1");
    assertThat(invoke("{'FunctionName': 'f:live'}", "{}").headers())
        .containsEntry("X-Amz-Executed-Version", "1");
    assertThat(call("ListVersionsByFunction", "{'FunctionName': 'f'}").json().get("Versions"))
        .hasSize(2);
    assertThatThrownBy(() -> call("DeleteFunction", "{'FunctionName': 'f', 'Qualifier': '1'}"))
        .hasMessageContaining("alias");
  }

  @Test
  void theVersionThatAnAliasPointsToIsStartedAheadOfItsFirstInvocation() {
    service.close();
    dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    service = service(true);
    dispatcher.register(service);
    create("f", "");
    call("PublishVersion", "{'FunctionName': 'f'}");
    assertThat(service.environments()).as("of $LATEST").isEqualTo(1);

    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");
    assertThat(service.environments()).as("and of version 1").isEqualTo(2);
    invoke("{'FunctionName': 'f:live'}", "{}");

    assertThat(service.environments()).isEqualTo(2);
  }

  @Test
  void newCodeIsUsedAndTheOldEnvironmentEnds() {
    create("f", "");
    invoke("{'FunctionName': 'f'}", "{}");
    assertThat(service.environments()).isEqualTo(1);

    call("UpdateFunctionCode", "{'FunctionName': 'f', 'ZipFile': '" + zip("other") + "'}");

    assertThat(service.environments()).isZero();
    assertThat(text(invoke("{'FunctionName': 'f'}", "1"))).isEqualTo("1");
  }

  @Test
  void aFunctionErrorIsAHeaderAndItsPayloadTheError() {
    functions.register(
        "f",
        environment ->
            (in, out, context) -> {
              throw new IllegalStateException("no luck");
            });
    create("f", "");

    Output output = invoke("{'FunctionName': 'f'}", "{}");

    assertThat(output.status()).isEqualTo(200);
    assertThat(output.headers()).containsEntry("X-Amz-Function-Error", "Unhandled");
    assertThat(text(output)).contains("\"errorType\":\"java.lang.IllegalStateException\"");
  }

  @Test
  void anEventIsAcceptedAtOnceAndCarriedOut() {
    var ran = new CompletableFuture<Boolean>();
    functions.register("f", environment -> (in, out, context) -> ran.complete(true));
    create("f", "");

    Output output = invoke("{'FunctionName': 'f', 'InvocationType': 'Event'}", "{}");

    assertThat(output.status()).isEqualTo(202);
    assertThat(ran.join()).isTrue();
  }

  @Test
  void retriesOfAnEventAreConfigured() {
    var ended = new CompletableFuture<Boolean>();
    functions.register(
        "f",
        environment ->
            (in, out, context) -> {
              throw new IllegalStateException("no luck");
            });
    create("f", "");
    call("PutFunctionEventInvokeConfig", "{'FunctionName': 'f', 'MaximumRetryAttempts': 0}");
    try (var listening =
        journal.listen(
            entry -> {
              if (entry.event() instanceof LambdaEvent.EventDiscarded) {
                ended.complete(true);
              }
            })) {
      invoke("{'FunctionName': 'f', 'InvocationType': 'Event'}", "{}");
      ended.join();
    }

    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.RetryScheduled))
        .isEmpty();
  }

  @Test
  void aDryRunRunsNothing() {
    create("f", "");

    assertThat(invoke("{'FunctionName': 'f', 'InvocationType': 'DryRun'}", "{}").status())
        .isEqualTo(204);
    assertThat(service.environments()).isZero();
  }

  @Test
  void reservedConcurrencyOfZeroThrottles() {
    create("f", "");
    call("PutFunctionConcurrency", "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 0}");

    assertThatThrownBy(() -> invoke("{'FunctionName': 'f'}", "{}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("TooManyRequestsException");
              assertThat(failure.status()).isEqualTo(429);
              assertThat(failure.members())
                  .containsEntry("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
            });
    call("DeleteFunctionConcurrency", "{'FunctionName': 'f'}");
    assertThat(invoke("{'FunctionName': 'f'}", "{}").status()).isEqualTo(200);
  }

  @Test
  void permissionsMakeAPolicy() {
    create("f", "");
    call(
        "AddPermission",
        "{'FunctionName': 'f', 'StatementId': 'gw', 'Action': 'lambda:InvokeFunction',"
            + " 'Principal': 'apigateway.amazonaws.com', 'SourceArn': 'arn:aws:x:y:z:*'}");

    assertThat(call("GetPolicy", "{'FunctionName': 'f'}").json().get("Policy").asText())
        .contains(
            "\"Service\":\"apigateway.amazonaws.com\"",
            "\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:x:y:z:*\"}");
    call("RemovePermission", "{'FunctionName': 'f', 'StatementId': 'gw'}");
    assertThatThrownBy(() -> call("GetPolicy", "{'FunctionName': 'f'}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> assertThat(failure.code()).isEqualTo("ResourceNotFoundException"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Runtime': 'python3.13'|InvalidParameterValueException|python3.13",
        "'Timeout': 901|ValidationException|901",
        "'MemorySize': 64|ValidationException|64",
        "'Layers': ['arn:x']|InvalidParameterValueException|Layers",
        "'PackageType': 'Image'|InvalidParameterValueException|Image",
        "'Environment': {'Variables': {'AWS_REGION':"
            + " 'x'}}|InvalidParameterValueException|AWS_REGION",
        "'ImageConfig': {}|ValidationException|ImageConfig",
        "'Code': {'ZipFile': 'bm90IGEgemlw'}|InvalidParameterValueException|Could not unzip"
      })
  void whatCannotRunIsRefusedByName(String member, String code, String named) {
    assertThatThrownBy(() -> create("f", ", " + member))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(named);
    assertThatThrownBy(() -> call("GetFunction", "{'FunctionName': 'f'}"))
        .hasMessageContaining(
            "Function not found: arn:aws:lambda:us-east-1:111111111111:function:f");
  }

  @Test
  void aPayloadThatIsNotJsonOrTooLargeIsRefused() {
    create("f", "");

    assertThatThrownBy(() -> invoke("{'FunctionName': 'f'}", "{not json"))
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> assertThat(failure.code()).isEqualTo("InvalidRequestContentException"));
    String large = "\"" + "x".repeat(6 * 1024 * 1024) + "\"";
    assertThatThrownBy(() -> invoke("{'FunctionName': 'f'}", large))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.status()).isEqualTo(413));
  }

  @Test
  void aDeletedFunctionLeavesNothing() {
    create("f", "");
    invoke("{'FunctionName': 'f'}", "{}");

    call("DeleteFunction", "{'FunctionName': 'f'}");

    assertThat(service.environments()).isZero();
    assertThat(call("ListFunctions", "{}").json().get("Functions")).isEmpty();
  }

  private JsonNode create(String name, String members) {
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

  private Output call(String operation, String input) {
    return invoke(operation, input, "");
  }

  private Output invoke(String input, String payload) {
    return invoke("Invoke", input, payload);
  }

  private Output invoke(String operation, String input, String payload) {
    try {
      ObjectNode json = object(input);
      return clock.call(() -> dispatcher.call("lambda", operation, json, context(payload)));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private CallContext context(String payload) {
    return new CallContext(
        "111111111111",
        "us-east-1",
        ids.uuid().toString(),
        "",
        payload.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode object(String text) throws IOException {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  private static String text(Output output) {
    byte[] raw = output.raw();
    return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
  }

  private static String zip(String extra) {
    String file = Echo.class.getName().replace('.', '/') + ".class";
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes);
        InputStream code = Echo.class.getClassLoader().getResourceAsStream(file)) {
      zip.putNextEntry(new ZipEntry(file));
      if (code == null) {
        throw new IllegalStateException("no " + file);
      }
      code.transferTo(zip);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("extra.txt"));
      zip.write(extra.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
