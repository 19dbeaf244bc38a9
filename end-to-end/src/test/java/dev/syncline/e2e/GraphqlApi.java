// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A client of a GraphQL API, written from AppSync's documentation of its protocol.
 *
 * @param url the API's address
 * @param realtimeUrl its address for subscriptions
 * @param header what authorizes, {@code x-api-key} or {@code Authorization}
 * @param key the value of the header; empty for no authorization
 */
record GraphqlApi(HttpClient http, String url, String realtimeUrl, String header, String key)
    implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  GraphqlApi(String url, String realtimeUrl, String key) {
    this(HttpClient.newHttpClient(), url, realtimeUrl, key);
  }

  /** A client with an API key. */
  GraphqlApi(HttpClient http, String url, String realtimeUrl, String key) {
    this(http, url, realtimeUrl, "x-api-key", key);
  }

  /** A client with a token of a user pool. */
  static GraphqlApi signedIn(String url, String realtimeUrl, String token) {
    return new GraphqlApi(HttpClient.newHttpClient(), url, realtimeUrl, "Authorization", token);
  }

  /** Ends its connections too. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Sends a document, which must succeed, and gives {@code data}. */
  JsonNode data(String query) throws Exception {
    JsonNode answer = answer(query);
    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
    return answer.path("data");
  }

  /** Sends a document and gives the whole answer. */
  JsonNode answer(String query) throws Exception {
    HttpResponse<String> response = send(query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Sends a document. */
  HttpResponse<String> send(String query) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.createObjectNode().put("query", query).toString()));
    if (!key.isEmpty()) {
      request.header(header, key);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private ObjectNode authorization() {
    return JSON.createObjectNode().put("host", URI.create(url).getAuthority()).put(header, key);
  }

  /** Connects for subscriptions; the connection is not initialised yet. */
  Connection connect() throws Exception {
    String header =
        Base64.getEncoder()
            .encodeToString(authorization().toString().getBytes(StandardCharsets.UTF_8));
    String query = "?header=" + URLEncoder.encode(header, StandardCharsets.UTF_8) + "&payload=e30=";
    var listener = new WebSocketFrames();
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("graphql-ws")
            .buildAsync(URI.create(realtimeUrl + query), listener)
            .get();
    return new Connection(socket, listener, authorization());
  }

  /** One connection. */
  record Connection(WebSocket socket, WebSocketFrames frames, ObjectNode authorization) {
    /** Initialises it. */
    Connection ready() throws Exception {
      send(JSON.createObjectNode().put("type", "connection_init"));
      JsonNode ack = next();
      assertThat(ack.path("type").asText()).as(ack.toString()).isEqualTo("connection_ack");
      return this;
    }

    /** Begins a subscription, which must succeed. */
    void start(String id, String query) throws Exception {
      JsonNode ack = begin(id, query);
      assertThat(ack.path("type").asText()).as(ack.toString()).isEqualTo("start_ack");
      assertThat(ack.path("id").asText()).isEqualTo(id);
    }

    /** Asks for a subscription and gives the answer. */
    JsonNode begin(String id, String query) throws Exception {
      ObjectNode start = JSON.createObjectNode().put("id", id).put("type", "start");
      start
          .putObject("payload")
          .put("data", JSON.createObjectNode().put("query", query).toString())
          .putObject("extensions")
          .set("authorization", authorization);
      send(start);
      return next();
    }

    void send(JsonNode frame) throws Exception {
      socket.sendText(frame.toString(), true).get();
    }

    /** Whether a frame has come that was not read. */
    boolean hasFrame() {
      return !frames.received.isEmpty();
    }

    /** The next frame that is no keep-alive; fails when none comes within a minute. */
    JsonNode next() throws Exception {
      while (true) {
        String text = frames.received.poll(60, TimeUnit.SECONDS);
        assertThat(text).as("no frame came").isNotNull();
        JsonNode frame = JSON.readTree(text);
        if (!frame.path("type").asText().equals("ka")) {
          return frame;
        }
      }
    }

    /** The next event of the subscription: its field's value. */
    JsonNode event(String id) throws Exception {
      JsonNode frame = next();
      assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo("data");
      assertThat(frame.path("id").asText()).isEqualTo(id);
      return frame.path("payload").path("data");
    }
  }
}
