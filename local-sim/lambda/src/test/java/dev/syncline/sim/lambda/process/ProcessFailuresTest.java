// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Processes that fail, exit or do not return. */
class ProcessFailuresTest extends ProcessExecutorFixture {
  private final FunctionHost host = host(5);
  private final FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

  @Test
  void anExceptionIsTheFunctionsErrorAndTheEnvironmentLivesOn() {
    invoke(host, spec, "calls");

    InvocationResult result = invoke(host, spec, "throw");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(result.errorType()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(text(result)).contains("\"errorMessage\":\"bad event\"", "stackTrace");
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"2\"");
  }

  @Test
  void aHandlerThatNeverReturnsIsKilledAtItsTimeout() {
    FunctionSpec spec = spec(1, Duration.ofSeconds(2), Map.of());

    InvocationResult result = invoke(host, spec, "hang");

    assertThat(text(result))
        .contains("\"errorType\":\"Sandbox.Timedout\"")
        .contains("Error: Task timed out after 2.00 seconds");
    assertThat(result.errorType()).isEqualTo("Sandbox.Timedout");
    assertThat(log).anyMatch(line -> line.contains("Status: timeout"));
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"1\"");
  }

  @Test
  void aProcessThatExitsIsAnErrorOfTheInvocation() {
    InvocationResult result = invoke(host, spec, "exit");

    assertThat(result.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(text(result)).contains("Error: Runtime exited with error: exit status 7");
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"1\"");
  }

  /** The first invocation of a function that does this when it starts. */
  private InvocationResult afterInit(String action) {
    return invoke(host, spec(1, Duration.ofSeconds(30), Map.of("AT_INIT", action)), "calls");
  }

  @Test
  void aConstructorThatThrowsFailsTheInvocation() {
    InvocationResult result = afterInit("fail");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(text(result)).contains("no luck");
    assertThat(log).anyMatch(line -> line.startsWith("INIT_REPORT") && line.contains("error"));
    assertThat(host.environments()).isZero();
  }

  @Test
  void anExitAtInitFailsTheInvocation() {
    InvocationResult result = afterInit("exit");

    assertThat(result.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(text(result)).contains("exit status 3");
  }

  @Test
  void sevenMegabytesAreTooManyAndSixAreNot() {
    InvocationResult tooLarge = invoke(host, spec, "7MB");
    assertThat(tooLarge.errorType()).isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(invoke(host, spec, "6MB").payload()).hasSize(6 * 1024 * 1024);
    assertThat(text(invoke(host, spec, "calls"))).startsWith("\"");
  }

  @Test
  void forkedProcessesEndWithTheirEnvironment() {
    long forked = Long.parseLong(text(invoke(host, spec, "fork")).replace("\"", ""));
    ProcessHandle left = ProcessHandle.of(forked).orElseThrow();
    assertThat(left.isAlive()).isTrue();

    // Its own end orphans what it forked; only then is it looked for.
    invoke(host, spec, "exit");

    assertThat(left.onExit().orTimeout(30, TimeUnit.SECONDS))
        .succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void aSkippingClockDoesNotRunPastTheTimeoutOfAProcessAtWork() {
    try (var skipping = new SimClock(new ClockMode.Skipping());
        FunctionHost skippingHost = host(5, skipping)) {
      FunctionSpec patient = spec(1, Duration.ofSeconds(900), Map.of());
      assertThat(text(start(skippingHost, patient, "calls").join())).isEqualTo("\"1\"");
      assertThat(skipping.skipped()).isZero();
    }
  }
}
