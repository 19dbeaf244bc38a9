// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.apigateway.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lambda as a caller sees it: versions and aliases, states, limits, concurrency. Expected: Lambda's
 * API reference and quotas.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LambdaContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  @AutoClose private Gateway simulator;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private ClockActivity hold = () -> {};

  @BeforeEach
  void start() {
    simulator = new Gateway(directory);
    simulator.function("f", echo());
  }

  @Test
  void anAliasSharesInvocationsOutByWeight() {
    call("PublishVersion", "{'FunctionName': 'f'}");
    call("UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Timeout': 59}");
    call("PublishVersion", "{'FunctionName': 'f'}");
    call(
        "CreateAlias",
        "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1', 'RoutingConfig':"
            + " {'AdditionalVersionWeights': {'2': 0.25}}}");

    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < 200; i++) {
      counts.merge(
          version(invoke("{'FunctionName': 'f', 'Qualifier': 'live'}", "{}")), 1, Integer::sum);
    }

    assertThat(counts.keySet()).containsExactly("1", "2");
    assertThat(counts.get("2")).isBetween(25, 80);
  }

  @Test
  void aQualifierIsAVersionAnAliasOrPartOfTheName() {
    call("PublishVersion", "{'FunctionName': 'f'}");
    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");

    assertThat(version(invoke("{'FunctionName': 'f'}", "{}"))).isEqualTo("$LATEST");
    assertThat(version(invoke("{'FunctionName': 'f', 'Qualifier': '1'}", "{}"))).isEqualTo("1");
    assertThat(version(invoke("{'FunctionName': 'f:live'}", "{}"))).isEqualTo("1");
    assertError(
        () -> invoke("{'FunctionName': 'f', 'Qualifier': 'none'}", "{}"),
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:us-east-1:111111111111:function:f:none");
    assertError(
        () -> invoke("{'FunctionName': 'f:live', 'Qualifier': '1'}", "{}"),
        "InvalidParameterValueException",
        "does not match the specified qualifier");
  }

  @Test
  void aVersionWithSnapStartIsPendingUntilItsSnapshotHasBeenTaken() {
    call(
        "UpdateFunctionConfiguration",
        "{'FunctionName': 'f', 'SnapStart': {'ApplyOn': 'PublishedVersions'}}");
    block();
    simulator.functions.register(
        "f",
        environment -> {
          await(gate);
          return (in, out, context) -> out.write('1');
        });

    JsonNode published = call("PublishVersion", "{'FunctionName': 'f'}");

    assertThat(published.get("State").asText()).isEqualTo("Pending");
    assertThat(published.get("StateReasonCode").asText()).isEqualTo("Creating");
    assertThat(published.at("/SnapStart/OptimizationStatus").asText()).isEqualTo("Off");
    assertError(
        () -> invoke("{'FunctionName': 'f:1'}", "{}"),
        "ResourceConflictException",
        "The function is currently in the following state: Pending");
    release();
    JsonNode active = stateOf("1", "Active");
    assertThat(active.at("/SnapStart/OptimizationStatus").asText()).isEqualTo("On");
    assertThat(version(invoke("{'FunctionName': 'f:1'}", "{}"))).isEqualTo("1");
  }

  @Test
  void aSnapshotThatFailsLeavesTheVersionFailed() {
    call(
        "UpdateFunctionConfiguration",
        "{'FunctionName': 'f', 'SnapStart': {'ApplyOn': 'PublishedVersions'}}");
    simulator.functions.register(
        "f",
        environment -> {
          throw new IllegalStateException("no luck");
        });

    call("PublishVersion", "{'FunctionName': 'f'}");

    JsonNode failed = stateOf("1", "Failed");
    assertThat(failed.get("StateReasonCode").asText()).isEqualTo("FunctionError.RuntimeInitError");
    assertThat(failed.get("StateReason").asText()).contains("no luck");
  }

  @Test
  void invocationsEndAlthoughTheCodeChangesMeanwhile() {
    block();
    CompletableFuture<Output> running = start("{'FunctionName': 'f'}", "\"wait\"");
    until(() -> invoked() == 1);

    call("UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Timeout': 58}");
    Output fresh = invoke("{'FunctionName': 'f'}", "\"fresh\"");
    release();

    assertThat(text(fresh)).isEqualTo("\"fresh\"");
    assertThat(text(running.join())).isEqualTo("\"wait\"");
    assertThat(simulator.lambda.environments()).isEqualTo(1);
  }

  @Test
  void invocationsAtOnceStartAnEnvironmentEach() {
    block();
    var running = new ArrayList<CompletableFuture<Output>>();
    for (int i = 0; i < 5; i++) {
      running.add(start("{'FunctionName': 'f'}", "\"wait\""));
    }
    until(() -> invoked() == 5);
    release();

    running.forEach(one -> assertThat(text(one.join())).isEqualTo("\"wait\""));
    assertThat(simulator.lambda.environments()).isEqualTo(5);
    invoke("{'FunctionName': 'f'}", "{}");
    assertThat(simulator.lambda.environments()).isEqualTo(5);
  }

  @Test
  void beyondItsReservedConcurrencyAFunctionIsThrottled() {
    call("PutFunctionConcurrency", "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 1}");
    block();
    CompletableFuture<Output> running = start("{'FunctionName': 'f'}", "\"wait\"");
    until(() -> invoked() == 1);

    LambdaFixture.assertReservedConcurrencyIsUsedUp(() -> invoke("{'FunctionName': 'f'}", "{}"));
    release();
    running.join();
    assertThat(version(invoke("{'FunctionName': 'f'}", "{}"))).isEqualTo("$LATEST");
  }

  @Test
  void aHundredExecutionsMustBeLeftUnreserved() {
    call("PutFunctionConcurrency", "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 900}");

    assertError(
        () ->
            call(
                "PutFunctionConcurrency",
                "{'FunctionName': 'f', 'ReservedConcurrentExecutions': 901}"),
        "InvalidParameterValueException",
        "below its minimum value of [100]");
    assertThat(
            call("GetAccountSettings", "{}")
                .at("/AccountLimit/UnreservedConcurrentExecutions")
                .asInt())
        .isEqualTo(100);
    call("DeleteFunctionConcurrency", "{'FunctionName': 'f'}");
    assertThat(call("GetFunctionConcurrency", "{'FunctionName': 'f'}")).isEmpty();
  }

  @Test
  void sixMegabytesAreTakenAtOnceAndOneMegabyteAsAnEvent() {
    String six = "\"" + "x".repeat(6 * 1024 * 1024 - 2) + "\"";
    String one = "\"" + "x".repeat(1024 * 1024 - 2) + "\"";

    assertThat(invoke("{'FunctionName': 'f'}", six).status()).isEqualTo(200);
    assertThat(invoke("{'FunctionName': 'f', 'InvocationType': 'Event'}", one).status())
        .isEqualTo(202);
    assertError(
        () -> invoke("{'FunctionName': 'f'}", six + " "),
        "RequestEntityTooLargeException",
        "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
    assertError(
        () -> invoke("{'FunctionName': 'f', 'InvocationType': 'Event'}", one + " "),
        "RequestEntityTooLargeException",
        "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
  }

  @Test
  void anAnswerOverSixMegabytesIsAnError() {
    simulator.functions.register(
        "f", environment -> (in, out, context) -> out.write(new byte[7 * 1024 * 1024]));

    Output output = invoke("{'FunctionName': 'f'}", "{}");

    assertThat(output.headers()).containsEntry("X-Amz-Function-Error", "Unhandled");
    assertThat(text(output))
        .contains("\"errorType\":\"Function.ResponseSizeTooLarge\"")
        .contains("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
  }

  @Test
  void theTailOfTheLogIsFourKilobytesOfIt() {
    simulator.functions.register(
        "f",
        environment ->
            (in, out, context) -> {
              for (int i = 0; i < 1000; i++) {
                context.getLogger().log("line " + i);
              }
              out.write('1');
            });

    Output output = invoke("{'FunctionName': 'f', 'LogType': 'Tail'}", "{}");

    String tail =
        new String(
            Base64.getDecoder().decode(output.headers().get("X-Amz-Log-Result")),
            StandardCharsets.UTF_8);
    assertThat(tail.length()).isLessThanOrEqualTo(4096);
    assertThat(tail).contains("line 999").contains("END RequestId: ").contains("REPORT RequestId");
    assertThat(invoke("{'FunctionName': 'f'}", "{}").headers())
        .doesNotContainKey("X-Amz-Log-Result");
  }

  @Test
  void aPackageIsNotUnpackedAndItsDirectoryIsGoneInTheEnd() throws IOException {
    assertThat(directory.resolve("functions")).exists();
    try (var files = Files.walk(directory.resolve("functions"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("package.jar", "readme.txt")
          .noneMatch(name -> name.endsWith(".class"));
    }

    simulator.lambda.close();

    assertThat(directory.resolve("functions")).doesNotExist();
  }

  private RequestStreamHandler echo() {
    return (in, out, context) -> {
      byte[] event = in.readAllBytes();
      if (new String(event, StandardCharsets.UTF_8).contains("wait")) {
        await(gate);
      }
      out.write(event);
    };
  }

  /** Makes the handler wait, and virtual time with it: it would run to the function's time-out. */
  private void block() {
    hold = simulator.clock.begin();
    gate = new CountDownLatch(1);
  }

  private void release() {
    gate.countDown();
    hold.close();
  }

  private long invoked() {
    return simulator.journal.select(entry -> entry.event() instanceof LambdaEvent.Invoked).size();
  }

  private JsonNode stateOf(String version, String state) {
    String query = "{'FunctionName': 'f', 'Qualifier': '" + version + "'}";
    until(() -> call("GetFunctionConfiguration", query).get("State").asText().equals(state));
    return call("GetFunctionConfiguration", query);
  }

  /** Looks again and again in real time; the test's time-out is the limit. */
  private static void until(BooleanSupplier there) {
    while (!there.getAsBoolean()) {
      Thread.yield();
    }
  }

  private JsonNode call(String operation, String input) {
    return simulator.call("lambda", operation, input);
  }

  private CompletableFuture<Output> start(String input, String payload) {
    return CompletableFuture.supplyAsync(
        () -> invoke(input, payload), task -> Thread.ofVirtual().start(task));
  }

  private Output invoke(String input, String payload) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(input.replace('\'', '"'));
      var context =
          new CallContext(
              "111111111111",
              "us-east-1",
              simulator.ids.uuid().toString(),
              "",
              payload.getBytes(StandardCharsets.UTF_8));
      return simulator.clock.call(
          () -> simulator.dispatcher.call("lambda", "Invoke", json, context));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void assertError(Runnable work, String code, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static String version(Output output) {
    return String.valueOf(output.headers().get("X-Amz-Executed-Version"));
  }

  private static String text(Output output) {
    byte[] raw = output.raw();
    return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException killed) {
      throw new IllegalStateException(killed);
    }
  }
}
