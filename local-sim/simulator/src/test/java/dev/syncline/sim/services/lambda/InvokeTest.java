// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Output;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Invocations: results, errors, events, concurrency and payloads. */
class InvokeTest extends LambdaFixture {
  /** Creates f, which throws. */
  private void createFailing() {
    functions.register(
        "f",
        environment ->
            (in, out, context) -> {
              throw new IllegalStateException("no luck");
            });
    create("f", "");
  }

  @Test
  void aFunctionErrorIsAHeaderAndItsPayloadTheError() {
    createFailing();

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
    createFailing();
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

    assertReservedConcurrencyIsUsedUp(() -> invoke("{'FunctionName': 'f'}", "{}"));
    call("DeleteFunctionConcurrency", "{'FunctionName': 'f'}");
    assertThat(invoke("{'FunctionName': 'f'}", "{}").status()).isEqualTo(200);
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
}
