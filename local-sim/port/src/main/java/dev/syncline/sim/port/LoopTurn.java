// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.FanOut;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/** The mailboxes of one event loop that have frames of a fan-out. Not thread-safe. */
final class LoopTurn implements FanOut.Turn {
  private final EventLoop loop;
  private final List<Outbox> waiting = new ArrayList<>();

  private LoopTurn(EventLoop loop) {
    this.loop = loop;
  }

  /** Adds the mailbox to those that are written when {@code fanOut} is flushed. */
  static void add(FanOut fanOut, EventLoop loop, Outbox outbox) {
    if (fanOut.turn(loop, () -> new LoopTurn(loop)) instanceof LoopTurn turn) {
      turn.waiting.add(outbox);
    } else {
      throw new IllegalStateException("an event loop has turns of one kind");
    }
  }

  @Override
  public void flush() {
    Loops.execute(loop, () -> waiting.forEach(Outbox::drain));
  }
}
