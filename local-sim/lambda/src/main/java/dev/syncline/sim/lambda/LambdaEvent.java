// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.JournalEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens around functions, for the journal. Never payloads. */
public sealed interface LambdaEvent extends JournalEvent {

  @Override
  default String type() {
    return "lambda." + getClass().getSimpleName();
  }

  /**
   * An environment began to start.
   *
   * @param reason {@code invocation} or {@code proactive}
   */
  record EnvironmentStarted(String function, String version, String environment, String reason)
      implements LambdaEvent {
    @Override
    public Map<String, String> details() {
      return of(
          "function", function, "version", version, "environment", environment, "reason", reason);
    }
  }

  /** An environment is ready for invocations. */
  record EnvironmentReady(String function, String environment, Duration initDuration)
      implements LambdaEvent {
    @Override
    public Map<String, String> details() {
      return of(
          "function",
          function,
          "environment",
          environment,
          "initMillis",
          Long.toString(initDuration.toMillis()));
    }
  }

  /**
   * A function still runs after its time-out, or after its environment was ended otherwise: its
   * threads in the simulator's process do not react to their interruption.
   *
   * @param threads how many of one environment
   */
  record StillRuns(String function, int threads) implements LambdaEvent {
    @Override
    public Map<String, String> details() {
      return of(
          "function",
          function,
          "threads",
          Integer.toString(threads),
          "message",
          "function " + function + " still runs after its time-out");
    }
  }

  /** An environment is gone. */
  record EnvironmentStopped(String function, String environment, String reason)
      implements LambdaEvent {
    @Override
    public Map<String, String> details() {
      return of("function", function, "environment", environment, "reason", reason);
    }
  }

  /** An invocation was handed to an environment. */
  record Invoked(
      String requestId,
      String function,
      String version,
      String environment,
      boolean cold,
      @Nullable String traceId)
      implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of(
          "requestId",
          requestId,
          "function",
          function,
          "version",
          version,
          "environment",
          environment,
          "cold",
          Boolean.toString(cold),
          "traceId",
          traceId == null ? "" : traceId);
    }
  }

  /** An invocation ended; {@code status} is {@code success}, {@code error} or {@code timeout}. */
  record Finished(
      String requestId, String function, String status, String errorType, Duration duration)
      implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of(
          "requestId",
          requestId,
          "function",
          function,
          "status",
          status,
          "errorType",
          errorType,
          "durationMillis",
          Long.toString(duration.toMillis()));
    }
  }

  /** An invocation was refused for want of room. */
  record Throttled(String requestId, String function, String reason) implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of("requestId", requestId, "function", function, "reason", reason);
    }
  }

  /** An invocation waits for an environment, because the machine can have no more of them now. */
  record Queued(String requestId, String function, int position) implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of(
          "requestId", requestId, "function", function, "position", Integer.toString(position));
    }
  }

  /** An asynchronous invocation will be tried again. */
  record RetryScheduled(
      String requestId, String function, int attempt, Duration delay, String reason)
      implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of(
          "requestId",
          requestId,
          "function",
          function,
          "attempt",
          Integer.toString(attempt),
          "delayMillis",
          Long.toString(delay.toMillis()),
          "reason",
          reason);
    }
  }

  /** An asynchronous invocation was given up. */
  record EventDiscarded(String requestId, String function, String reason) implements LambdaEvent {
    @Override
    public String correlationId() {
      return requestId;
    }

    @Override
    public Map<String, String> details() {
      return of("requestId", requestId, "function", function, "reason", reason);
    }
  }

  private static Map<String, String> of(String... namesAndValues) {
    var details = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isEmpty()) {
        details.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return details;
  }
}
