// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * WebSockets over {@code java.net.http}, which needs no dependency and answers pings. That client
 * allows one send at a time and delivers partial messages, so this class queues sends and joins
 * messages.
 *
 * <p>Thread-safe. Creates its client, and with it threads, at the first connection, because an
 * environment that is restored from a snapshot would have a dead one.
 */
public final class JdkWebSocketTransport implements RealtimeTransport {

  /**
   * Far above the service's 240 KB per event; limits the memory for a peer that never ends its
   * message.
   */
  private static final int MAX_MESSAGE_CHARS = 4 * 1024 * 1024;

  private @Nullable HttpClient client;

  @Override
  public Connection connect(URI uri, List<String> subprotocols, Listener listener) {
    Socket socket = new Socket(listener);
    WebSocket.Builder builder = client().newWebSocketBuilder();
    if (!subprotocols.isEmpty()) {
      List<String> others = subprotocols.subList(1, subprotocols.size());
      builder.subprotocols(subprotocols.get(0), others.toArray(String[]::new));
    }
    socket.opening(builder.buildAsync(uri, socket));
    return socket;
  }

  @Override
  public void prepare() {
    client();
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = HttpClient.newHttpClient();
    }
    return client;
  }

  private static final class Socket implements WebSocket.Listener, Connection {
    private final Listener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final StringBuilder message = new StringBuilder();
    private volatile @Nullable WebSocket webSocket;
    private volatile @Nullable CompletableFuture<WebSocket> opening;

    // Guarded by this: each send begins after the previous one has ended.
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    Socket(Listener listener) {
      this.listener = listener;
    }

    void opening(CompletableFuture<WebSocket> future) {
      opening = future;
      future.whenComplete(
          (opened, failure) -> {
            if (failure != null) {
              end("could not be opened: " + describe(failure), isUnauthorized(failure));
            } else if (ended.get()) {
              opened.abort();
            }
          });
    }

    @Override
    public void onOpen(WebSocket opened) {
      webSocket = opened;
      listener.opened(this);
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
      if (message.length() + data.length() > MAX_MESSAGE_CHARS) {
        source.abort();
        end("a message has more than " + MAX_MESSAGE_CHARS + " characters", false);
        return null;
      }
      message.append(data);
      if (last) {
        String whole = message.toString();
        message.setLength(0);
        if (!ended.get()) {
          listener.text(whole);
        }
      }
      source.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket source, int status, String reason) {
      end("closed by the service with " + status, false);
      return null;
    }

    @Override
    public void onError(WebSocket source, Throwable failure) {
      end("broke: " + describe(failure), false);
    }

    @Override
    public synchronized void send(String text) {
      WebSocket target = webSocket;
      if (target == null) {
        throw new IllegalStateException("send before opened");
      }
      lastSend =
          lastSend
              .thenCompose(previous -> target.sendText(text, true))
              .whenComplete(
                  (sent, failure) -> {
                    if (failure != null) {
                      end("cannot be written to: " + describe(failure), false);
                    }
                  });
    }

    @Override
    public void close() {
      ended.set(true);
      CompletableFuture<WebSocket> connecting = opening;
      if (connecting != null) {
        connecting.cancel(true);
      }
      WebSocket open = webSocket;
      if (open != null) {
        open.abort();
      }
    }

    private void end(String reason, boolean unauthorized) {
      if (ended.compareAndSet(false, true)) {
        listener.closed("the socket " + reason, unauthorized);
      }
    }

    private static boolean isUnauthorized(Throwable failure) {
      return cause(failure) instanceof WebSocketHandshakeException handshake
          && handshake.getResponse() != null
          && (handshake.getResponse().statusCode() == 401
              || handshake.getResponse().statusCode() == 403);
    }

    private static String describe(Throwable failure) {
      Throwable cause = cause(failure);
      if (cause instanceof WebSocketHandshakeException handshake
          && handshake.getResponse() != null) {
        return "HTTP status " + handshake.getResponse().statusCode();
      }
      return cause.getClass().getSimpleName();
    }

    private static Throwable cause(Throwable failure) {
      return failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
    }
  }
}
