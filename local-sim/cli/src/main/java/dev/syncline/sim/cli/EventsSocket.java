// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One subscription over AppSync Events' WebSocket protocol. Thread-safe.
 *
 * <p>The credentials are sent twice: in a subprotocol, base64url without padding because {@code =}
 * is not allowed there, and in the subscribe message.
 */
final class EventsSocket implements WebSocket.Listener, AutoCloseable {
  private static final String PROTOCOL = "aws-appsync-event-ws";
  private static final String SUBSCRIPTION = "cli";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final String channel;
  private final ObjectNode authorization;
  private final EventPrinter printer;
  private final StringBuilder partial = new StringBuilder();
  private volatile @Nullable String failure;
  private volatile boolean closing;
  private volatile @Nullable WebSocket socket;

  private EventsSocket(String channel, ObjectNode authorization, EventPrinter printer) {
    this.channel = channel;
    this.authorization = authorization;
    this.printer = printer;
  }

  /**
   * Connects and subscribes.
   *
   * @throws Failure when the connection is refused
   */
  static EventsSocket open(
      AdminClient client, DeployedApis.EventsApi api, String channel, EventPrinter printer) {
    ObjectNode authorization =
        CliJson.object().put("host", api.httpHost()).put("x-api-key", EventsTarget.key(api));
    String header =
        "header-"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(authorization.toString().getBytes(StandardCharsets.UTF_8));
    var opened = new EventsSocket(channel, authorization, printer);
    try {
      opened.socket =
          client
              .http()
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_LIMIT)
              .subprotocols(PROTOCOL, header)
              .buildAsync(client.uri("ws", EventsTarget.path(api) + "/realtime"), opened)
              .join();
    } catch (CompletionException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      throw new Failure("cannot connect to " + api.name() + ": " + Failure.reason(cause));
    }
    return opened;
  }

  /**
   * Does nothing while the subscription is active.
   *
   * @throws Failure with the reason for its end
   */
  void requireHealthy() {
    if (failure != null) {
      throw new Failure(failure);
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
    opened.sendText(CliJson.object().put("type", "connection_init").toString(), true);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String message = partial.toString();
      partial.setLength(0);
      try {
        onMessage(from, CliJson.parse(message));
      } catch (JsonProcessingException notJson) {
        end("the service sent something that is not JSON: " + message);
      }
    }
    from.request(1);
    return null;
  }

  private void onMessage(WebSocket from, JsonNode message) {
    switch (message.path("type").asText()) {
      case "connection_ack" -> {
        ObjectNode subscribe =
            CliJson.object()
                .put("type", "subscribe")
                .put("id", SUBSCRIPTION)
                .put("channel", channel);
        subscribe.set("authorization", authorization);
        from.sendText(subscribe.toString(), true);
      }
      case "subscribe_success" -> printer.onSubscribed();
      case "data" -> printer.onEvent(event(message.path("event")));
      case "ka" -> {}
      default -> end("the service answered " + message);
    }
  }

  private static String event(JsonNode event) {
    return event.isTextual() ? event.asText() : event.toString();
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end("the service closed the connection: " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end("the connection broke: " + Failure.reason(error));
  }

  private void end(String why) {
    if (!closing && failure == null) {
      failure = why;
    }
    printer.onEnd();
  }

  @Override
  public void close() {
    closing = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
