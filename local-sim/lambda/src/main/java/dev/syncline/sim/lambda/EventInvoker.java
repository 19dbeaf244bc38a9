// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous ({@code Event}) invocations: accepted at once, run in the background, and retried
 * when the function fails (after one minute, and after two more) and when concurrency is used up
 * (with a growing delay, for up to six hours). Waiting costs a timer, never a thread.
 *
 * <p>Thread-safe.
 */
public final class EventInvoker {
  /**
   * The retry policy of events.
   *
   * @param maxRetries how often a failed function is retried, 0 to 2
   * @param maxAge the maximum age of an event
   */
  public record Policy(int maxRetries, Duration maxAge) {
    /** Two retries, six hours. */
    public static final Policy DEFAULT = new Policy(2, Duration.ofHours(6));
  }

  /** How an event ended. */
  public enum Condition {
    SUCCESS("Success"),
    RETRIES_EXHAUSTED("RetriesExhausted"),
    EVENT_AGE_EXCEEDED("EventAgeExceeded");

    private final String shown;

    Condition(String shown) {
      this.shown = shown;
    }

    /** As a destination's record spells it. */
    public String shown() {
      return shown;
    }
  }

  /** Receives the end of an event; must not block. */
  @FunctionalInterface
  public interface Ending {
    /** Ignores every outcome. */
    Ending IGNORED = (invocation, condition, attempts, version, result) -> {};

    /**
     * The event has ended.
     *
     * @param attempts how often the function was invoked with it
     * @param version the version of the last attempt
     * @param result of the last attempt; null if concurrency was used up at every attempt
     */
    void ended(
        Invocation invocation,
        Condition condition,
        int attempts,
        String version,
        @Nullable InvocationResult result);
  }

  private static final Duration FIRST_THROTTLE_DELAY = Duration.ofSeconds(1);
  private static final Duration LAST_THROTTLE_DELAY = Duration.ofMinutes(5);

  private final SimClock clock;
  private final Journal journal;
  private final FunctionHost host;

  /** An invoker on top of {@code host}. */
  public EventInvoker(SimClock clock, Journal journal, FunctionHost host) {
    this.clock = clock;
    this.journal = journal;
    this.host = host;
  }

  /**
   * Accepts an event; returns at once.
   *
   * @param function resolves the function again at each attempt, so that a changed alias or new
   *     code is used; null when it is deleted
   */
  public void accept(
      String functionName,
      Supplier<@Nullable FunctionSpec> function,
      Invocation invocation,
      Policy policy) {
    accept(functionName, function, invocation, policy, Ending.IGNORED);
  }

  /** As above; {@code ending} receives the end, unless the function is deleted. */
  public void accept(
      String functionName,
      Supplier<@Nullable FunctionSpec> function,
      Invocation invocation,
      Policy policy,
      Ending ending) {
    attempt(new Event(functionName, function, invocation, policy, ending, clock.now(), 0, 0, null));
  }

  private void attempt(Event event) {
    if (host.isClosed()) {
      return;
    }
    FunctionSpec spec = event.function.get();
    if (spec == null) {
      discard(event, "the function does not exist any more");
      return;
    }
    try {
      host.invoke(spec, event.invocation)
          .thenAccept(result -> judge(event, spec.version(), result));
    } catch (ThrottledException throttled) {
      Duration delay = FIRST_THROTTLE_DELAY.multipliedBy(1L << Math.min(event.throttles, 20));
      if (delay.compareTo(LAST_THROTTLE_DELAY) > 0) {
        delay = LAST_THROTTLE_DELAY;
      }
      retry(event.afterThrottle(), spec.version(), delay, throttled.reason());
    }
  }

  private void judge(Event event, String version, InvocationResult result) {
    if (host.isClosed()) {
      return;
    }
    if (result.functionError() == null) {
      event.end(Condition.SUCCESS, event.failures + 1, version, result);
      return;
    }
    String reason = result.errorType() == null ? "Unhandled" : result.errorType();
    Event after = event.afterFailure(result);
    if (event.failures >= event.policy.maxRetries()) {
      discard(event, "retries exhausted: " + reason);
      after.end(Condition.RETRIES_EXHAUSTED, after.failures, version, result);
      return;
    }
    retry(after, version, Duration.ofMinutes(after.failures), reason);
  }

  private void retry(Event event, String version, Duration delay, String reason) {
    if (clock.now().plus(delay).isAfter(event.accepted.plus(event.policy.maxAge()))) {
      discard(event, "too old: " + reason);
      event.end(Condition.EVENT_AGE_EXCEEDED, event.failures, version, event.last);
      return;
    }
    journal.record(
        new LambdaEvent.RetryScheduled(
            event.invocation.requestId(),
            event.name,
            event.failures + event.throttles + 1,
            delay,
            reason));
    clock.schedule(delay, () -> attempt(event));
  }

  private void discard(Event event, String reason) {
    journal.record(
        new LambdaEvent.EventDiscarded(event.invocation.requestId(), event.name, reason));
  }

  private record Event(
      String name,
      Supplier<@Nullable FunctionSpec> function,
      Invocation invocation,
      Policy policy,
      Ending ending,
      Instant accepted,
      int failures,
      int throttles,
      @Nullable InvocationResult last) {
    Event afterFailure(InvocationResult result) {
      return new Event(
          name, function, invocation, policy, ending, accepted, failures + 1, throttles, result);
    }

    Event afterThrottle() {
      return new Event(
          name, function, invocation, policy, ending, accepted, failures, throttles + 1, last);
    }

    void end(Condition condition, int attempts, String version, @Nullable InvocationResult result) {
      ending.ended(invocation, condition, attempts, version, result);
    }
  }
}
