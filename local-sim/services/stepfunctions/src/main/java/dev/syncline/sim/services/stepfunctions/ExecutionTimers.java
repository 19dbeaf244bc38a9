// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Timer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one execution by the engine's ids. Most executions have one at a time, so a map is
 * made for the second only, to save memory. Not thread-safe.
 */
final class ExecutionTimers {
  private @Nullable String firstId;
  private @Nullable Timer first;
  private @Nullable Map<String, Timer> others;

  void put(String id, Timer timer) {
    if (firstId == null) {
      firstId = id;
      first = timer;
      return;
    }
    if (others == null) {
      others = new HashMap<>();
    }
    others.put(id, timer);
  }

  /** Forgets a timer that has fired. */
  void fired(String id) {
    take(id);
  }

  void cancel(String id) {
    Timer timer = take(id);
    if (timer != null) {
      timer.cancel();
    }
  }

  private @Nullable Timer take(String id) {
    if (id.equals(firstId)) {
      Timer timer = first;
      firstId = null;
      first = null;
      return timer;
    }
    return others == null ? null : others.remove(id);
  }

  void cancelAll() {
    if (first != null) {
      first.cancel();
    }
    if (others != null) {
      others.values().forEach(Timer::cancel);
    }
    firstId = null;
    first = null;
    others = null;
  }
}
