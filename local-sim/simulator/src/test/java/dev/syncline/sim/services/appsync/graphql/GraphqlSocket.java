// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of a GraphQL API's realtime endpoint. Frames are taken in their order. */
final class GraphqlSocket implements WebSocket.Listener, AutoCloseable {
  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  private GraphqlSocket() {}

  /** Connects; {@code subprotocols} after the first are further offers. */
  static GraphqlSocket open(HttpClient http, URI uri, String... subprotocols) {
    var client = new GraphqlSocket();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (subprotocols.length > 0) {
      String[] more = new String[subprotocols.length - 1];
      System.arraycopy(subprotocols, 1, more, 0, more.length);
      builder.subprotocols(subprotocols[0], more);
    }
    client.socket = builder.buildAsync(uri, client).join();
    return client;
  }

  WebSocket socket() {
    WebSocket present = socket;
    if (present == null) {
      throw new IllegalStateException("not open");
    }
    return present;
  }

  /** Sends a frame in which apostrophes stand for quotation marks. */
  void send(String frame) {
    socket().sendText(frame.replace('\'', '"'), true).join();
  }

  /** Starts a subscription and returns the answer. */
  JsonNode start(String id, String query, ObjectNode variables, ObjectNode authorization) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("query", query);
    data.set("variables", variables);
    return start(id, data.toString(), authorization);
  }

  /** Starts a subscription with this text as its data. */
  JsonNode start(String id, String data, ObjectNode authorization) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "start");
    ObjectNode payload = frame.putObject("payload").put("data", data);
    payload.putObject("extensions").set("authorization", authorization);
    socket().sendText(frame.toString(), true).join();
    return next();
  }

  /** The next frame that is not a keep-alive. */
  JsonNode next() {
    try {
      while (true) {
        JsonNode frame = frames.poll(60, TimeUnit.SECONDS);
        if (frame == null) {
          throw new AssertionError("no frame came");
        }
        if (!frame.path("type").asText().equals("ka")) {
          return frame;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      try {
        frames.add(Json.MAPPER.readTree(text.toString()));
      } catch (IOException notJson) {
        throw new UncheckedIOException(notJson);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    frames.add(JsonNodeFactory.instance.objectNode().put("type", "closed").put("code", code));
    return null;
  }

  @Override
  public void close() {
    socket().abort();
  }
}
