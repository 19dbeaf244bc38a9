// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Restarts a program that ends by itself, after a pause, and reports each restart. The pause is
 * {@value #FIRST_PAUSE_SECONDS} s and doubles with each consecutive end up to {@value
 * #MAX_PAUSE_SECONDS} s. A run of {@value #STEADY_SECONDS} s resets it. The number of restarts is
 * not limited.
 *
 * <p>Thread-safe.
 */
final class Supervisor implements AutoCloseable {
  static final long FIRST_PAUSE_SECONDS = 1;
  static final long MAX_PAUSE_SECONDS = 30;
  static final long STEADY_SECONDS = 60;
  private static final int MAX_DOUBLINGS = 5;

  /** A running program. */
  interface Running {
    /** Completes with its exit status. */
    CompletableFuture<Integer> ended();

    /** Ends it; returns when it has ended. */
    void stop();
  }

  private final String name;
  private final Supplier<Running> start;
  private final SimClock clock;
  private final Executor threads;
  private final Reporter reporter;

  // Guarded by this.
  private @Nullable Running running;
  private Instant startedAt = Instant.EPOCH;
  private int endsInARow;
  private boolean closed;

  /**
   * Starts it.
   *
   * @param start returns once it has started; throws {@link Failure} if it does not
   * @param clock of the pauses
   * @param threads runs restarts, which may block
   * @throws Failure when it does not start the first time
   */
  Supervisor(
      String name, Supplier<Running> start, SimClock clock, Executor threads, Reporter reporter) {
    this.name = name;
    this.start = start;
    this.clock = clock;
    this.threads = threads;
    this.reporter = reporter;
    started(start.get());
  }

  /** False after {@link #close}. */
  private boolean started(Running fresh) {
    synchronized (this) {
      if (!closed) {
        running = fresh;
        startedAt = clock.now();
        var unused = fresh.ended().thenAccept(status -> ended("ended with status " + status));
        return true;
      }
    }
    fresh.stop();
    return false;
  }

  private synchronized void ended(String how) {
    if (closed) {
      return;
    }
    running = null;
    if (Duration.between(startedAt, clock.now()).toSeconds() >= STEADY_SECONDS) {
      endsInARow = 0;
    }
    long pause =
        Math.min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS << Math.min(endsInARow, MAX_DOUBLINGS));
    endsInARow++;
    reporter.result(
        "program-ended",
        CliJson.object().put("program", name).put("how", how).put("startsAgainInSeconds", pause),
        "WARNING: the " + name + " " + how + "; it is started again in " + pause + " s");
    var unused = clock.schedule(Duration.ofSeconds(pause), () -> threads.execute(this::startAgain));
  }

  private void startAgain() {
    synchronized (this) {
      if (closed) {
        return;
      }
      startedAt = clock.now();
    }
    Running fresh;
    try {
      fresh = start.get();
    } catch (Failure failure) {
      ended("could not be started (" + failure.getMessage() + ")");
      return;
    }
    if (started(fresh)) {
      reporter.result(
          "program-started-again",
          CliJson.object().put("program", name),
          "The " + name + " runs again");
    }
  }

  /** Ends the program and its restarts. */
  @Override
  public void close() {
    Running last;
    synchronized (this) {
      closed = true;
      last = running;
    }
    if (last != null) {
      last.stop();
    }
  }
}
