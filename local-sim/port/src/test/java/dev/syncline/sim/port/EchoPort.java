// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.JournalEvent;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A port whose WebSocket {@code /ws} sends each text back, and whose HTTP endpoint answers anything
 * with the body it got. It counts every buffer, so that a leak shows.
 */
final class EchoPort implements AutoCloseable {
  static final PortLimits LIMITS =
      new PortLimits(
          32 * 1024,
          1 << 20,
          100_000,
          new MailboxLimits(2_000, 4_000_000, 16_000_000, Overflow.CLOSE));

  final PortParts parts = new PortParts(new ClockMode.Real());
  final BlockingQueue<WebSocketPeer> peers = new LinkedBlockingQueue<>();

  /** Messages to WebSocket listeners: texts, and {@code closed <code>}. */
  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /** Requests to the HTTP endpoint: method, path and body. */
  final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  final BlockingQueue<JournalEvent> events = new LinkedBlockingQueue<>();
  final PortServer server;
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

  EchoPort(Path work, PortLimits limits) {
    parts.journal.listen(entry -> events.add(entry.event()));
    parts.router.add(new Echo());
    parts.router.add(new Anything());
    server =
        new PortServer(
                parts.settings(work, -1, -1),
                parts.router,
                parts.clock,
                parts.journal,
                limits,
                buffers)
            .start();
  }

  int port() {
    return server.port();
  }

  /** Takes from a queue; fails when nothing comes. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("something in time").isNotNull();
    return next;
  }

  /** Waits for a journal entry of that type. */
  JournalEvent awaitEvent(String type) throws InterruptedException {
    JournalEvent event = next(events);
    while (!event.type().equals(type)) {
      event = next(events);
    }
    return event;
  }

  /** Stops the server; then nothing may be left of what it had. */
  @Override
  public void close() {
    server.close();
    parts.close();
    assertThat(server.mailboxes().open()).as("open mailboxes").isZero();
    assertThat(server.mailboxes().bytes()).as("bytes in mailboxes").isZero();
    assertThat(buffers.metric().usedDirectMemory()).as("direct buffers").isZero();
    assertThat(buffers.metric().usedHeapMemory()).as("heap buffers").isZero();
  }

  private final class Echo implements WebSocketEndpoint {
    @Override
    public boolean claims(HttpRequest upgrade) {
      return upgrade.rawPath().equals("/ws");
    }

    @Override
    public Optional<String> subprotocol(HttpRequest upgrade) {
      return Optional.of("good");
    }

    @Override
    public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
      peers.add(peer);
      return new WebSocketListener() {
        @Override
        public void onText(String message) {
          heard.add(message);
          peer.sendText(message);
        }

        @Override
        public void onClosed(int code, String reason) {
          heard.add("closed " + code);
        }
      };
    }
  }

  private final class Anything implements HttpEndpoint {
    @Override
    public boolean claims(HttpRequest request) {
      return true;
    }

    @Override
    public HttpResponse answer(HttpRequest request) {
      String body = new String(request.body(), StandardCharsets.ISO_8859_1);
      requests.add(request.method() + " " + request.rawPath() + " " + body);
      return HttpResponse.text(200, body);
    }
  }
}
