// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Calls a backend on a separate thread, because the caller stops waiting at a time-out while the
 * backend continues. Thread-safe.
 */
public record TimedCall(SimClock clock) {
  /** How a call ended. */
  public sealed interface Ending<T> {
    /** With a result. */
    record Answered<T>(T value) implements Ending<T> {}

    /** With an error of an operation. */
    record Failed<T>(AwsException error) implements Ending<T> {}

    /** Without an answer from an outside host. */
    record Unreachable<T>(IOException reason) implements Ending<T> {}

    /** With an error of the simulator. */
    record Broke<T>(Throwable defect) implements Ending<T> {}

    /** It did not end in time. */
    record TimedOut<T>() implements Ending<T> {}
  }

  /**
   * Calls and waits.
   *
   * @param name of the thread
   * @param limit in the time of the clock
   * @param outside whether the call uses the network: it then runs in real time, and is interrupted
   *     at its limit
   */
  public <T> Ending<T> run(String name, Duration limit, boolean outside, Callable<T> work) {
    var ending = new CompletableFuture<Ending<T>>();
    ClockActivity handedOver = outside ? clock.beginExternal() : clock.begin();
    Thread caller =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  if (outside) {
                    try (handedOver) {
                      ending.complete(outcome(work));
                    }
                  } else {
                    clock.run(
                        () -> {
                          handedOver.close();
                          ending.complete(outcome(work));
                        });
                  }
                });
    Timer timer =
        clock.schedule(
            TimerKind.LIMIT,
            limit,
            () -> {
              ending.complete(new Ending.TimedOut<>());
              if (outside) {
                caller.interrupt();
              }
            });
    caller.start();
    Ending<T> result = clock.await(ending);
    timer.cancel();
    return result;
  }

  private static <T> Ending<T> outcome(Callable<T> work) {
    try {
      return new Ending.Answered<>(work.call());
    } catch (AwsException error) {
      return new Ending.Failed<>(error);
    } catch (IOException unreachable) {
      return new Ending.Unreachable<>(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Ending.Unreachable<>(new IOException("interrupted"));
    } catch (Throwable defect) {
      // An Error too: the caller would wait for the time-out without a reason.
      return new Ending.Broke<>(defect);
    }
  }

  /** Throws a defect unchanged; the port answers 500 and records it. */
  public static RuntimeException unchecked(Throwable defect) {
    if (defect instanceof Error error) {
      throw error;
    }
    return defect instanceof RuntimeException known ? known : new IllegalStateException(defect);
  }
}
