// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends notifications in the background: one after another to each destination, and to different
 * destinations at the same time. A virtual thread works for a destination while something waits for
 * it; time does not jump meanwhile. Thread-safe.
 */
final class NotificationLanes {
  /** How many notifications may wait for one destination. */
  private static final int MAX_WAITING = 10_000;

  private final SimClock clock;

  /** What waits, by destination; a destination is here while a thread works for it. */
  private final Map<String, Deque<Runnable>> waiting = new HashMap<>();

  NotificationLanes(SimClock clock) {
    this.clock = clock;
  }

  /**
   * Lets the work be done after all that was added before for this destination.
   *
   * @param work must not throw
   * @return false when too much waits already
   */
  boolean add(String destination, Runnable work) {
    synchronized (this) {
      Deque<Runnable> lane = waiting.get(destination);
      if (lane != null) {
        return lane.size() < MAX_WAITING && lane.add(work);
      }
      lane = new ArrayDeque<>();
      lane.add(work);
      waiting.put(destination, lane);
    }
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("s3-notifications")
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      workOff(destination);
                    }));
    return true;
  }

  private void workOff(String destination) {
    Optional<Runnable> next = next(destination);
    while (next.isPresent()) {
      next.get().run();
      next = next(destination);
    }
  }

  private synchronized Optional<Runnable> next(String destination) {
    Optional<Runnable> next = Optional.ofNullable(waiting.get(destination)).map(Deque::poll);
    if (next.isEmpty()) {
      waiting.remove(destination);
    }
    return next;
  }
}
