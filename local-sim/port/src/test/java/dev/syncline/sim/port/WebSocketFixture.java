// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A port with a WebSocket endpoint that answers each text with itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class WebSocketFixture {
  final PortParts parts = new PortParts(new ClockMode.Real());
  final BlockingQueue<String> serverSaw = new LinkedBlockingQueue<>();
  final CompletableFuture<WebSocketPeer> opened = new CompletableFuture<>();
  final CompletableFuture<String> listenerThread = new CompletableFuture<>();
  @TempDir Path work;
  PortServer server;

  @BeforeEach
  void start() {
    parts.router.add(new Echo());
    server = parts.server(work, 0, EchoPort.LIMITS).start();
  }

  @AfterEach
  void stop() {
    server.close();
    parts.close();
  }

  /** Answers each text with itself, and does what some texts say. */
  final class Echo implements WebSocketEndpoint {
    @Override
    public boolean claims(HttpRequest upgrade) {
      return upgrade.rawPath().equals("/ws");
    }

    @Override
    public Optional<String> subprotocol(HttpRequest upgrade) {
      return upgrade.headers().all("sec-websocket-protocol").stream()
          .flatMap(line -> java.util.Arrays.stream(line.split(",")))
          .map(String::strip)
          .filter(offered -> offered.startsWith("good"))
          .findFirst();
    }

    @Override
    public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
      opened.complete(peer);
      return new WebSocketListener() {
        @Override
        public void onText(String message) {
          listenerThread.complete(
              Thread.currentThread().isVirtual() ? "virtual" : Thread.currentThread().getName());
          serverSaw.add(message);
          switch (message) {
            case "fail" -> throw new IllegalStateException("boom");
            case "bye" -> {
              peer.sendText("last");
              peer.close(4000, "as asked");
              peer.close(4001, "again");
            }
            default -> peer.sendUtf8(("<" + message + ">").getBytes(StandardCharsets.UTF_8));
          }
        }

        @Override
        public void onClosed(int code, String reason) {
          serverSaw.add("closed " + code + " " + reason);
        }
      };
    }
  }

  /** Messages to a client: texts, and the close as {@code close <code> <reason>}. */
  static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        texts.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      texts.add("pong " + StandardCharsets.UTF_8.decode(message));
      socket.request(1);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      texts.add("close " + code + " " + reason);
      return CompletableFuture.completedFuture("");
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      texts.add("error " + error);
    }

    String next() throws InterruptedException {
      String text = texts.poll(20, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }
  }

  final Heard heard = new Heard();

  WebSocket connect() {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("other", "good-abc_-")
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), heard)
        .join();
  }
}
