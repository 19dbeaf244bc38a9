// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sends the same message to many peers. Queued messages are written at a flush: each event loop
 * writes those of its peers in one turn, so it wakes once and not once a peer.
 *
 * <p>Not thread-safe: each fan-out uses its own instance.
 */
public final class FanOut implements AutoCloseable {
  /** The peers of one event loop that have something to write. The port implements it. */
  public interface Turn {
    /** Writes the queued messages. */
    void flush();
  }

  private record Entry(Object loop, Turn turn) {}

  private final List<Entry> entries = new ArrayList<>(4);

  /** The turn of this event loop, made by {@code create} when it is the first. */
  public Turn turn(Object loop, Supplier<Turn> create) {
    for (Entry entry : entries) {
      if (entry.loop == loop) {
        return entry.turn;
      }
    }
    Turn turn = create.get();
    entries.add(new Entry(loop, turn));
    return turn;
  }

  /** Writes all messages queued so far. */
  public void flush() {
    for (Entry entry : entries) {
      entry.turn.flush();
    }
    entries.clear();
  }

  /** As {@link #flush}. */
  @Override
  public void close() {
    flush();
  }
}
