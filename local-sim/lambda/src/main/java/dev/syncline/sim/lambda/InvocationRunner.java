// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Runs invocations on environments with room, each up to the function's time-out. Thread-safe. */
record InvocationRunner(HostTime time, Journal journal, Listener listener) {
  /** Receives the end of invocations; called on any thread, without a lock. */
  interface Listener {
    /** Its place is free; its result has not been reported yet. */
    void released(Slot slot, PendingInvocation pending, FunctionOutcome outcome);

    /** Its result has been reported. */
    void reported();
  }

  private static final String TIMED_OUT = "Sandbox.Timedout";

  /** Runs an invocation on a ready environment that has counted it. */
  void run(Slot slot, PendingInvocation pending) {
    ExecutionEnvironment environment = slot.environment;
    if (environment == null) {
      throw new IllegalStateException("environment " + slot.id + " has not been started");
    }
    begin(slot, pending);
    journal.record(
        new LambdaEvent.Invoked(
            pending.invocation.requestId(),
            slot.spec.name(),
            slot.spec.version(),
            slot.id,
            pending.cold,
            pending.invocation.traceId()));
    Duration limit = slot.spec.timeout().minus(pending.spent);
    pending.limit =
        time.clock()
            .schedule(
                TimerKind.LIMIT,
                limit,
                () -> time.inBackground(() -> timedOut(slot, environment, pending)));
    environment
        .invoke(pending.invocation, limit)
        .thenAccept(outcome -> finish(slot, pending, outcome));
  }

  /** Fails an invocation whose environment could not be started. */
  void fail(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    begin(slot, pending);
    String requestId = pending.invocation.requestId();
    finish(
        slot,
        pending,
        TIMED_OUT.equals(outcome.errorType())
            ? RuntimeErrors.timedOut(requestId, pending.spec.timeout())
            : RuntimeErrors.duringInit(outcome, requestId));
  }

  private void begin(Slot slot, PendingInvocation pending) {
    pending.startedNanos = time.nanos(slot.spec) - pending.spent.toNanos();
    slot.begin(pending);
    PlatformLog.start(slot, time.clock().now(), pending);
  }

  private void timedOut(Slot slot, ExecutionEnvironment environment, PendingInvocation pending) {
    FunctionOutcome outcome =
        RuntimeErrors.timedOut(pending.invocation.requestId(), pending.spec.timeout());
    if (slot.spec.environmentConcurrency() > 1) {
      finish(slot, pending, outcome);
    } else if (pending.done.compareAndSet(false, true)) {
      // A killed environment answers with an exit error, which is not the cause.
      environment.kill().thenRun(() -> conclude(slot, pending, outcome));
    } else {
      // It has answered, but works on.
      environment.kill();
    }
  }

  private void finish(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    if (pending.done.compareAndSet(false, true)) {
      conclude(slot, pending, outcome);
    }
  }

  private void conclude(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    Duration duration = time.since(slot.spec, pending.startedNanos);
    String error = outcome.errorType();
    String status = error == null ? "success" : error.equals(TIMED_OUT) ? "timeout" : "error";
    if (status.equals("timeout")) {
      duration = pending.spec.timeout();
    }
    PlatformLog.report(slot, time.clock().now(), pending, duration, status, outcome);
    slot.end(pending);
    ExecutionEnvironment environment = slot.environment;
    CompletableFuture<Void> free =
        environment == null || outcome.lost()
            ? CompletableFuture.completedFuture(null)
            : environment.free(pending.invocation.requestId());
    // First, so that a caller who has the result finds the environment free.
    boolean released = free.isDone();
    if (released) {
      release(slot, pending, outcome);
    }
    journal.record(
        new LambdaEvent.Finished(
            pending.invocation.requestId(),
            slot.spec.name(),
            status,
            error == null ? "" : error,
            duration));
    pending.result.complete(
        new InvocationResult(
            outcome.payload(), error == null ? null : "Unhandled", error, pending.logTail()));
    if (released) {
      end(pending);
    } else {
      free.thenRun(
          () -> {
            release(slot, pending, outcome);
            end(pending);
          });
    }
  }

  private void end(PendingInvocation pending) {
    listener.reported();
    pending.activity.close();
  }

  private void release(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    Timer limit = pending.limit;
    if (limit != null) {
      limit.cancel();
    }
    listener.released(slot, pending, outcome);
  }
}
