// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Starts environments and runs their Init phase. Thread-safe.
 *
 * <p>Init has ten seconds. When it fails or takes longer, Lambda initialises once more as part of
 * the invocation, and then the function's own time-out is the limit. Source: Lambda's execution
 * environment life cycle, "Failures during the Init phase".
 */
record EnvironmentStarter(
    HostTime time,
    Ids ids,
    Journal journal,
    EnvironmentFactory factory,
    LogLines logs,
    Listener listener) {
  /** Receives the result of a start; called on any thread, without a lock. */
  interface Listener {
    /** It is ready for invocations. */
    void started(Slot slot);

    /** Its start failed and it has ended. */
    void startFailed(Slot slot, FunctionOutcome outcome);

    /** It has ended, perhaps long after its start. */
    void ended(Slot slot);
  }

  /** How long SnapStart's initialisation may take. Source: Lambda's documentation. */
  private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(130);

  private static final DateTimeFormatter STREAM_DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);

  /** Starts an environment; returns at once. */
  Slot start(FunctionSpec spec, StartReason reason) {
    String id = ids.hex(32);
    String stream =
        STREAM_DATE.format(LocalDate.ofInstant(time.clock().now(), ZoneOffset.UTC))
            + "/["
            + spec.version()
            + "]"
            + id;
    var slot = new Slot(id, spec, stream, time.clock(), logs, time.nanos(spec), reason);
    journal.record(
        new LambdaEvent.EnvironmentStarted(spec.name(), spec.version(), id, reason.shown()));
    PlatformLog.initStart(slot, time.clock().now());
    ClockActivity starting = time.environmentAtWork(spec);
    ExecutionEnvironment environment = factory.start(spec, stream, slot::log);
    slot.environment = environment;
    Timer limit =
        time.clock()
            .schedule(
                TimerKind.LIMIT, limit(spec, reason), () -> time.inBackground(() -> tooLate(slot)));
    // In the background: a start may fail before it has returned, while the lock is held and no
    // invocation waits.
    environment
        .ready()
        .thenAcceptAsync(
            outcome -> {
              limit.cancel();
              if (slot.initEnded.compareAndSet(false, true)) {
                initialised(slot, outcome);
              }
              starting.close();
            },
            time::inBackground);
    environment.ended().thenRun(() -> listener.ended(slot));
    return slot;
  }

  private static Duration limit(FunctionSpec spec, StartReason reason) {
    return switch (reason) {
      case INVOCATION, PROACTIVE -> FunctionHost.INIT_LIMIT;
      case RETRY -> spec.timeout();
      case SNAPSHOT ->
          spec.timeout().compareTo(SNAPSHOT_LIMIT) > 0 ? spec.timeout() : SNAPSHOT_LIMIT;
    };
  }

  private void initialised(Slot slot, FunctionOutcome outcome) {
    slot.initDuration = time.since(slot.spec, slot.startedNanos);
    String error = outcome.errorType();
    if (error == null) {
      if (slot.reason == StartReason.RETRY || slot.reason == StartReason.SNAPSHOT) {
        PlatformLog.initReport(slot, time.clock().now(), "success", null);
      }
      journal.record(
          new LambdaEvent.EnvironmentReady(slot.spec.name(), slot.id, slot.initDuration));
      listener.started(slot);
      slot.initialised.complete(outcome);
    } else {
      PlatformLog.initReport(slot, time.clock().now(), "error", error);
      listener.startFailed(slot, outcome);
      slot.initialised.complete(outcome);
    }
  }

  private void tooLate(Slot slot) {
    ExecutionEnvironment environment = slot.environment;
    if (environment == null || !slot.initEnded.compareAndSet(false, true)) {
      return;
    }
    slot.initDuration = limit(slot.spec, slot.reason);
    environment
        .kill()
        .thenRun(
            () -> {
              PlatformLog.initReport(slot, time.clock().now(), "timeout", null);
              FunctionOutcome outcome = RuntimeErrors.timedOut("", slot.initDuration);
              listener.startFailed(slot, outcome);
              slot.initialised.complete(outcome);
            });
  }
}
