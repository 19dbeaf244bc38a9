// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.ErrorHandling;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Catcher;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Retrier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the Retry and Catch fields to the failures of one visit of a state; counts retries. */
final class StateErrorHandler {
  private final StateRun run;
  private final ErrorHandling handling;

  /** The retries of each retrier. */
  private final int[] retried;

  private int retryCount;
  private @Nullable String retryTimer;

  StateErrorHandler(StateRun run, ErrorHandling handling) {
    this.run = run;
    this.handling = handling;
    this.retried = new int[handling.retriers().size()];
  }

  /** The retries of all retriers together. */
  int retryCount() {
    return retryCount;
  }

  /** An attempt starts: the state no longer waits for a retry. */
  void attempted() {
    retryTimer = null;
  }

  /** Cancels the retry that is scheduled, if any. */
  void cancel() {
    run.scheduler().cancelTimer(retryTimer);
  }

  /**
   * Sets all counts to zero, for a redrive.
   *
   * @return whether the state waited for a retry
   */
  boolean reset() {
    Arrays.fill(retried, 0);
    retryCount = 0;
    boolean waited = retryTimer != null;
    retryTimer = null;
    return waited;
  }

  /** Schedules a retry if a retrier matches and has attempts left. */
  boolean retry(StateError error) {
    for (int i = 0; i < retried.length; i++) {
      Retrier retrier = handling.retriers().get(i);
      if (!error.matches(retrier.errorEquals())) {
        continue;
      }
      Probe probe = run.probe();
      if (probe != null) {
        retried[i] = probe.retrierRetryCount();
      }
      if (retried[i] >= retrier.maxAttempts()) {
        if (probe != null) {
          probe.exhausted(i);
        }
        return false;
      }
      Duration delay = delay(retrier, retried[i]);
      if (probe != null) {
        probe.retriable(i, delay);
        run.branch().fail(error);
        return true;
      }
      retried[i]++;
      retryCount++;
      retryTimer = run.branch().execution().startTimer(delay, TimerPurpose.RETRY, run::begin);
      return true;
    }
    return false;
  }

  private Duration delay(Retrier retrier, int times) {
    double seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), times);
    if (retrier.maxDelaySeconds() != null) {
      seconds = Math.min(seconds, retrier.maxDelaySeconds());
    }
    if (retrier.fullJitter()) {
      seconds *= run.scheduler().random().nextDouble();
    }
    return Duration.ofMillis(Math.round(Math.min(seconds, Integer.MAX_VALUE) * 1000));
  }

  /** Leaves the state through the first catcher that matches; false if none matches. */
  boolean caught(StateError error) {
    List<Catcher> catchers = handling.catchers();
    for (int i = 0; i < catchers.size(); i++) {
      Catcher catcher = catchers.get(i);
      if (error.matches(catcher.errorEquals())) {
        Probe probe = run.probe();
        if (probe != null) {
          probe.caught(i, error);
        }
        try {
          run.takeCatcher(catcher, error);
        } catch (StateFailure e) {
          run.branch().fail(StateError.of(e.error(), e.detail()));
        }
        return true;
      }
    }
    return false;
  }
}
