// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers and keeps the events of one execution. */
final class History {
  /** AWS ends an execution with its 25,000th event. */
  static final int MAX_EVENTS = 25_000;

  private final List<HistoryEvent> events = new ArrayList<>(4);

  /** There is room for the last event only. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("History is full", null, false, false);
    }
  }

  long append(HistoryEventType type, long previous, Instant time, @Nullable EventDetails details) {
    if (events.size() >= MAX_EVENTS - 1) {
      throw new Full();
    }
    return appendLast(type, previous, time, details);
  }

  /** For the event that ends the execution. */
  long appendLast(
      HistoryEventType type, long previous, Instant time, @Nullable EventDetails details) {
    long id = events.size() + 1L;
    events.add(new HistoryEvent(id, previous, time, type, details));
    return id;
  }

  int size() {
    return events.size();
  }

  /** A copy of those from the one with id {@code firstId} on. */
  List<HistoryEvent> from(int firstId) {
    return List.copyOf(events.subList(firstId - 1, events.size()));
  }

  /** A copy. */
  List<HistoryEvent> events() {
    return List.copyOf(events);
  }
}
