// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deduplication ids of the last five minutes of a FIFO queue; the window begins at the first
 * send and no duplicate extends it. Guarded by the queue's lock.
 */
final class Deduplication {
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** The answer to the first send, and its time. */
  record First(Sent sent, Instant time) {}

  private final LinkedHashMap<String, First> firsts = new LinkedHashMap<>();

  @Nullable Sent duplicate(String key, Instant now) {
    forget(now);
    First first = firsts.get(key);
    return first == null ? null : first.sent;
  }

  void remember(String key, Sent sent, Instant now) {
    firsts.put(key, new First(sent, now));
  }

  /** What is remembered, the oldest first. */
  Map<String, First> saved() {
    return new LinkedHashMap<>(firsts);
  }

  /** Restores what {@link #saved} returned. */
  void restore(Map<String, First> saved) {
    firsts.putAll(saved);
  }

  private void forget(Instant now) {
    var oldestFirst = firsts.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<String, First> entry = oldestFirst.next();
      if (entry.getValue().time.plus(WINDOW).isAfter(now)) {
        return;
      }
      oldestFirst.remove();
    }
  }
}
