// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.JournalRecord;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Journal events of function environments and invocations. They never contain payloads. */
@JournalRecord.OmitEmpty
public sealed interface LambdaEvent extends JournalRecord {

  @Override
  default String source() {
    return "lambda";
  }

  /** An event of one invocation. Its request id is the correlation id. */
  @OmitEmpty
  sealed interface OfInvocation extends LambdaEvent {
    /** The request id of the invocation. */
    String requestId();

    @Override
    default String correlationId() {
      return requestId();
    }
  }

  /**
   * An environment began to start.
   *
   * @param reason {@code invocation} or {@code proactive}
   */
  record EnvironmentStarted(String function, String version, String environment, String reason)
      implements LambdaEvent {}

  /** An environment is ready for invocations. */
  record EnvironmentReady(
      String function, String environment, @Detail("initMillis") Duration initDuration)
      implements LambdaEvent {}

  /**
   * A function continues after its time-out, or after another end of its environment: its threads
   * in the simulator's process ignore interruption.
   *
   * @param threads their number in one environment
   */
  record StillRuns(String function, int threads) implements LambdaEvent {
    @Override
    public Map<String, String> details() {
      Map<String, String> details = JournalRecord.componentsOf(this);
      details.put("message", "function " + function + " still runs after its time-out");
      return details;
    }
  }

  /** An environment was stopped. */
  record EnvironmentStopped(String function, String environment, String reason)
      implements LambdaEvent {}

  /** An invocation was assigned to an environment. */
  record Invoked(
      String requestId,
      String function,
      String version,
      String environment,
      boolean cold,
      @Nullable String traceId)
      implements OfInvocation {}

  /** An invocation ended; {@code status} is {@code success}, {@code error} or {@code timeout}. */
  record Finished(
      String requestId,
      String function,
      String status,
      String errorType,
      @Detail("durationMillis") Duration duration)
      implements OfInvocation {}

  /** An invocation was refused because a concurrency limit is reached. */
  record Throttled(String requestId, String function, String reason) implements OfInvocation {}

  /** An invocation waits for an environment, because the maximum number of environments exists. */
  record Queued(String requestId, String function, int position) implements OfInvocation {}

  /** An asynchronous invocation will be retried. */
  record RetryScheduled(
      String requestId,
      String function,
      int attempt,
      @Detail("delayMillis") Duration delay,
      String reason)
      implements OfInvocation {}

  /** An asynchronous invocation was discarded. */
  record EventDiscarded(String requestId, String function, String reason) implements OfInvocation {}
}
