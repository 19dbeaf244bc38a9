// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import dev.syncline.sim.port.Loops;
import dev.syncline.sim.port.Outbox;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the same to many peers: what is queued with it is written once it is flushed, by each event
 * loop in one turn, so that a loop is woken once in place of once a peer.
 *
 * <p>Not thread-safe: whoever fans out has one of its own, for as long as that takes.
 */
public final class FanOut implements AutoCloseable {
  private record Turn(EventLoop loop, List<Outbox> waiting) {}

  private final List<Turn> turns = new ArrayList<>(4);

  public void add(EventLoop loop, Outbox outbox) {
    for (Turn turn : turns) {
      if (turn.loop == loop) {
        turn.waiting.add(outbox);
        return;
      }
    }
    var turn = new Turn(loop, new ArrayList<>());
    turn.waiting.add(outbox);
    turns.add(turn);
  }

  /** Has everything queued so far written. */
  public void flush() {
    for (Turn turn : turns) {
      Loops.execute(turn.loop, () -> turn.waiting.forEach(Outbox::drain));
    }
    turns.clear();
  }

  /** As {@link #flush}. */
  @Override
  public void close() {
    flush();
  }
}
