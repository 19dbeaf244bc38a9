// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Received WebSocket messages that the listener has not processed yet. One virtual thread at a time
 * delivers them in order and ends when none is left; it holds a clock activity. Thread-safe.
 */
final class Inbox {
  /**
   * Beyond this many waiting messages the connection is not read until the listener has processed
   * half of them.
   */
  private static final int MAX_WAITING = 64;

  /** Most clients send one message at a time, and most connections are idle. */
  private static final int USUALLY_WAITING = 3;

  private final String path;
  private final WebSocketPeer peer;
  private final SimClock clock;
  private final Journal journal;
  private final Runnable readMore;

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(USUALLY_WAITING);
  private boolean running;
  private boolean paused;
  private boolean ended;

  /** Set and read by the delivering thread only; these threads run one after another. */
  private volatile @Nullable WebSocketListener listener;

  Inbox(String path, WebSocketPeer peer, SimClock clock, Journal journal, Runnable readMore) {
    this.path = path;
    this.peer = peer;
    this.clock = clock;
    this.journal = journal;
    this.readMore = readMore;
  }

  /** Queues the opening; the upgrade request is not kept afterwards. */
  void open(WebSocketEndpoint endpoint, HttpRequest upgrade) {
    add(() -> listener = endpoint.open(upgrade, peer));
  }

  /** Queues a message; false when nothing more should be read for now. */
  boolean text(String message) {
    return add(
        () -> {
          WebSocketListener told = listener;
          if (told != null) {
            told.onText(message);
          }
        });
  }

  /** Queues the end; later calls do nothing. */
  void closed(int code, String reason) {
    synchronized (waiting) {
      if (ended) {
        return;
      }
      add(
          () -> {
            WebSocketListener told = listener;
            if (told != null) {
              told.onClosed(code, reason);
            }
          });
      ended = true;
    }
  }

  private boolean add(Runnable task) {
    synchronized (waiting) {
      if (ended) {
        return false;
      }
      waiting.addLast(task);
      // A pause lasts until the delivering thread resumes reading, which it does once.
      paused |= waiting.size() >= MAX_WAITING;
      if (!running) {
        running = true;
        ClockActivity handOver = clock.begin();
        Thread.ofVirtual()
            .name("port-websocket")
            .start(
                () ->
                    clock.run(
                        () -> {
                          handOver.close();
                          work();
                        }));
      }
      return !paused;
    }
  }

  private void work() {
    while (true) {
      Runnable task;
      boolean resume;
      synchronized (waiting) {
        task = waiting.pollFirst();
        if (task == null) {
          running = false;
          return;
        }
        resume = paused && waiting.size() < MAX_WAITING / 2;
        if (resume) {
          paused = false;
        }
      }
      if (resume) {
        readMore.run();
      }
      try {
        task.run();
      } catch (Throwable failure) {
        journal.record(PortEvents.HandlerFailed.of("WebSocket " + path, failure, ""));
        peer.close(1011, "the simulator failed; its journal has the trace");
      }
    }
  }
}
