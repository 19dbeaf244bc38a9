// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;

/**
 * Carries out invocations on environments that have room for them, each up to the function's
 * time-out. Thread-safe.
 */
record InvocationRunner(HostTime time, Journal journal, Listener listener) {
  /** Hears that an invocation is over; called on any thread, without a lock. */
  interface Listener {
    /** Its place is free again; its result has not been told yet. */
    void released(Slot slot, PendingInvocation pending, FunctionOutcome outcome);

    /** Everybody knows its result. */
    void told();
  }

  private static final String TIMED_OUT = "Sandbox.Timedout";

  /** Hands an invocation to an environment that is ready and has counted it in. */
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

  /** Ends an invocation that waited for an environment which could not be started. */
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
    pending.startedNanos = time.nanos() - pending.spent.toNanos();
    slot.begin(pending);
    slot.log(ReportLines.start(pending));
  }

  private void timedOut(Slot slot, ExecutionEnvironment environment, PendingInvocation pending) {
    FunctionOutcome outcome =
        RuntimeErrors.timedOut(pending.invocation.requestId(), pending.spec.timeout());
    if (slot.spec.environmentConcurrency() > 1) {
      finish(slot, pending, outcome);
    } else if (pending.done.compareAndSet(false, true)) {
      // The environment answers what it was asked with an exit error as it dies: not the cause.
      environment.kill().thenRun(() -> conclude(slot, pending, outcome));
    }
  }

  private void finish(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    if (pending.done.compareAndSet(false, true)) {
      conclude(slot, pending, outcome);
    }
  }

  private void conclude(Slot slot, PendingInvocation pending, FunctionOutcome outcome) {
    Timer limit = pending.limit;
    if (limit != null) {
      limit.cancel();
    }
    Duration duration = time.since(pending.startedNanos);
    String error = outcome.errorType();
    String status = error == null ? "success" : error.equals(TIMED_OUT) ? "timeout" : "error";
    if (status.equals("timeout")) {
      slot.log(ReportLines.timedOut(time.clock().now(), pending));
      duration = pending.spec.timeout();
    }
    slot.log(ReportLines.end(pending));
    slot.log(ReportLines.report(slot, pending, duration, status, error));
    if (RuntimeErrors.EXITED.equals(error)) {
      slot.log(RuntimeErrors.messageOf(outcome.payload()) + "\n" + error);
    }
    slot.end(pending);
    listener.released(slot, pending, outcome);
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
    listener.told();
    pending.activity.close();
  }
}
