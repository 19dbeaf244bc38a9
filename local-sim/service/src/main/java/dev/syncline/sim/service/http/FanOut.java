// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sends the same message to many peers. What is queued with it is written when it is flushed, by
 * each event loop in one turn, so that a loop is woken once and not once a peer.
 *
 * <p>Not thread-safe: each fan-out has one of its own, for as long as it takes.
 */
public final class FanOut implements AutoCloseable {
  /** The peers of one event loop that have something to write. The port implements it. */
  public interface Turn {
    /** Has what is queued written. */
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

  /** Has everything queued so far written. */
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
