// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The host's record of one environment. Fields without a comment are guarded by the host's lock.
 */
final class Slot {
  /** Lines that are kept of one Init phase. */
  private static final int MAX_HELD = 1000;

  final String id;
  final FunctionSpec spec;
  final String logStream;
  final long startedNanos;
  final StartReason reason;

  /** Whether the Init phase has ended, with success or failure. */
  final AtomicBoolean initEnded = new AtomicBoolean();

  /** Its result. */
  final CompletableFuture<FunctionOutcome> initialised = new CompletableFuture<>();

  final ArrayDeque<PendingInvocation> waiting = new ArrayDeque<>();
  private final SimClock clock;
  private final LogLines logs;
  private final List<PendingInvocation> atWork = new CopyOnWriteArrayList<>();

  /** Lines from before the first invocation; null once it has begun. Guarded by the lock below. */
  private @Nullable List<HeldLine> held;

  private final ReentrantLock holding = new ReentrantLock();

  private record HeldLine(Instant time, String text) {}

  @Nullable ExecutionEnvironment environment;
  boolean ready;
  boolean draining;
  boolean removed;
  boolean used;
  int claims;
  long lastUsed;
  volatile Duration initDuration = Duration.ZERO;

  Slot(
      String id,
      FunctionSpec spec,
      String logStream,
      SimClock clock,
      LogLines logs,
      long now,
      StartReason reason) {
    this.id = id;
    this.spec = spec;
    this.logStream = logStream;
    this.clock = clock;
    this.logs = logs;
    this.startedNanos = now;
    this.reason = reason;
    this.held = reason == StartReason.PROACTIVE ? new ArrayList<>() : null;
  }

  boolean hasRoom() {
    return !draining && !removed && claims < spec.environmentConcurrency();
  }

  void begin(PendingInvocation pending) {
    atWork.add(pending);
    holding.lock();
    try {
      List<HeldLine> lines = held;
      held = null;
      if (lines != null) {
        lines.forEach(line -> logs.append(spec, logStream, line.time(), line.text()));
      }
    } finally {
      holding.unlock();
    }
  }

  void end(PendingInvocation pending) {
    atWork.remove(pending);
  }

  /**
   * Logs a line; thread-safe. With several running invocations the log tail of each has all lines.
   *
   * <p>Lines of an environment that was started ahead wait for its first invocation: on AWS a
   * function that was never invoked has no log group, and a template may make it later.
   */
  void log(String line) {
    holding.lock();
    try {
      List<HeldLine> lines = held;
      if (lines != null) {
        if (lines.size() < MAX_HELD) {
          lines.add(new HeldLine(clock.now(), line));
        }
        return;
      }
    } finally {
      holding.unlock();
    }
    logs.append(spec, logStream, clock.now(), line);
    for (PendingInvocation pending : atWork) {
      pending.tail(line);
    }
  }

  /** How long its last restore from a snapshot took, null without SnapStart. */
  @Nullable Duration restoreDuration() {
    ExecutionEnvironment running = environment;
    return running == null ? null : running.restoreDuration().orElse(null);
  }

  List<PendingInvocation> takeWaiting() {
    var taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }
}
