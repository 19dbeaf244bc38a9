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
final class InvocationRunner {
  /** Hears that an invocation is over; called on any thread, without a lock. */
  interface Listener {
    /** Its place is free again; its result has not been told yet. */
    void released(Slot slot, Ticket ticket, Outcome outcome);

    /** Everybody knows its result. */
    void told();
  }

  private static final String TIMED_OUT = "Sandbox.Timedout";

  private final HostTime time;
  private final Journal journal;
  private final Listener listener;

  InvocationRunner(HostTime time, Journal journal, Listener listener) {
    this.time = time;
    this.journal = journal;
    this.listener = listener;
  }

  /** Hands an invocation to an environment that is ready and has counted it in. */
  void run(Slot slot, Ticket ticket) {
    ExecutionEnvironment environment = slot.environment;
    if (environment == null) {
      throw new IllegalStateException("environment " + slot.id + " has not been started");
    }
    begin(slot, ticket);
    journal.record(
        new LambdaEvent.Invoked(
            ticket.invocation.requestId(),
            slot.spec.name(),
            slot.spec.version(),
            slot.id,
            ticket.cold,
            ticket.invocation.traceId()));
    Duration limit = slot.spec.timeout().minus(ticket.spent);
    ticket.limit =
        time.clock()
            .schedule(
                TimerKind.LIMIT,
                limit,
                () -> time.inBackground(() -> timedOut(slot, environment, ticket)));
    environment
        .invoke(ticket.invocation, limit)
        .thenAccept(outcome -> finish(slot, ticket, outcome));
  }

  /** Ends an invocation that waited for an environment which could not be started. */
  void fail(Slot slot, Ticket ticket, Outcome outcome) {
    begin(slot, ticket);
    String requestId = ticket.invocation.requestId();
    finish(
        slot,
        ticket,
        TIMED_OUT.equals(outcome.errorType())
            ? RuntimeErrors.timedOut(requestId, ticket.spec.timeout())
            : RuntimeErrors.duringInit(outcome, requestId));
  }

  private void begin(Slot slot, Ticket ticket) {
    ticket.startedNanos = time.nanos() - ticket.spent.toNanos();
    slot.begin(ticket);
    slot.log(ReportLines.start(ticket));
  }

  private void timedOut(Slot slot, ExecutionEnvironment environment, Ticket ticket) {
    Outcome outcome = RuntimeErrors.timedOut(ticket.invocation.requestId(), ticket.spec.timeout());
    if (slot.spec.environmentConcurrency() > 1) {
      finish(slot, ticket, outcome);
    } else if (ticket.done.compareAndSet(false, true)) {
      // The environment answers what it was asked with an exit error as it dies: not the cause.
      environment.kill().thenRun(() -> conclude(slot, ticket, outcome));
    }
  }

  private void finish(Slot slot, Ticket ticket, Outcome outcome) {
    if (ticket.done.compareAndSet(false, true)) {
      conclude(slot, ticket, outcome);
    }
  }

  private void conclude(Slot slot, Ticket ticket, Outcome outcome) {
    Timer limit = ticket.limit;
    if (limit != null) {
      limit.cancel();
    }
    Duration duration = time.since(ticket.startedNanos);
    String error = outcome.errorType();
    String status = error == null ? "success" : error.equals(TIMED_OUT) ? "timeout" : "error";
    if (status.equals("timeout")) {
      slot.log(ReportLines.timedOut(time.clock().now(), ticket));
      duration = ticket.spec.timeout();
    }
    slot.log(ReportLines.end(ticket));
    slot.log(ReportLines.report(slot, ticket, duration, status, error));
    if (RuntimeErrors.EXITED.equals(error)) {
      slot.log(RuntimeErrors.messageOf(outcome.payload()) + "\n" + error);
    }
    slot.end(ticket);
    listener.released(slot, ticket, outcome);
    journal.record(
        new LambdaEvent.Finished(
            ticket.invocation.requestId(),
            slot.spec.name(),
            status,
            error == null ? "" : error,
            duration));
    ticket.result.complete(
        new InvocationResult(
            outcome.payload(), error == null ? null : "Unhandled", error, ticket.logTail()));
    listener.told();
    ticket.activity.close();
  }
}
