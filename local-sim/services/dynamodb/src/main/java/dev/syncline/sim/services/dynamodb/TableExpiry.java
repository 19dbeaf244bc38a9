// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes items after their time to live, by one timer for each table with an item that expires.
 * Thread-safe: guarded by its own lock, under which no other lock of the room is taken.
 */
record TableExpiry(
    SimClock clock,
    DynamoDbEvents events,
    Duration delay,
    Runnable changed,
    Map<Table, Timer> timers) {
  /**
   * Without tables.
   *
   * @param delay how long an expired item stays
   * @param changed is called after a change that no operation has made
   */
  TableExpiry(SimClock clock, DynamoDbEvents events, Duration delay, Runnable changed) {
    this(clock, events, delay, changed, new HashMap<>());
  }

  /** Lets the table's items expire by an attribute. */
  void start(Table table, String attribute) {
    table.onExpiring(() -> reconsider(table));
    table.data().expireBy(attribute);
    reconsider(table);
  }

  /** Ends the expiry of the table's items. */
  void stop(Table table) {
    table.onExpiring(() -> {});
    table.data().expireBy(null);
    cancel(table);
  }

  /** Takes up the expiry of a table that has been restored. */
  void resume(Table table) {
    String attribute = table.features().timeToLive().expiring();
    if (attribute != null) {
      start(table, attribute);
    }
  }

  private void reconsider(Table table) {
    Instant next = table.data().nextExpiry();
    if (next != null) {
      schedule(table, next.plus(delay));
    }
  }

  private synchronized void schedule(Table table, Instant due) {
    @Nullable Timer present = timers.get(table);
    if (present != null) {
      if (!present.due().isAfter(due)) {
        return;
      }
      present.cancel();
    }
    Duration wait = Duration.between(clock.now(), due);
    timers.put(table, clock.schedule(TimerKind.BACKGROUND, wait, () -> expire(table)));
  }

  private synchronized void cancel(Table table) {
    Timer timer = timers.remove(table);
    if (timer != null) {
      timer.cancel();
    }
  }

  private void expire(Table table) {
    synchronized (this) {
      timers.remove(table);
    }
    int removed = table.data().removeExpired(clock.now().minus(delay)).size();
    if (removed > 0) {
      events.expired(table.name(), removed);
      changed.run();
    }
    reconsider(table);
  }
}
