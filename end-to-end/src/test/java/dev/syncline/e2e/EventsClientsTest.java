// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.port.PortUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that know nothing of the simulator, unmodified, over TLS. */
@Timeout(value = 480, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROTOCOL = "aws-appsync-event-ws";
  private static final String HTTPS = "https://";
  private static final List<String> EVERY_MODE =
      List.of("apiKey", "iam", "userPool", "oidc", "lambda");

  @TempDir Path work;
  @AutoClose private EventsPeer peer;

  @BeforeEach
  void start() throws Exception {
    peer = EventsPeer.start(work, -1);
  }

  @Test
  void amplifyConnectsSubscribesPublishesAndPostsInEveryMode() throws Exception {
    NpmClients clients = NpmClients.installed();

    JsonNode done =
        clients.run("amplify.mjs", peer.authority(), amplify(peer, peer.publishing(), EVERY_MODE));

    assertExchanges(done, EVERY_MODE);
    assertThat(done.at("/refused/post").asText()).contains("UnauthorizedException");
    assertThat(done.at("/refused/connect").asText()).isNotEmpty();
  }

  /** The endpoint as AWS gives it, from which Amplify derives the realtime one. */
  @Test
  void amplifyFindsTheRealtimeHostOfAnApiByItsName() throws Exception {
    NpmClients clients = NpmClients.installed();
    try (EventsPeer named = onPort443()) {
      URI endpoint = URI.create(HTTPS + named.httpHost() + "/event");

      JsonNode done =
          clients.run("amplify.mjs", named.authority(), amplify(named, endpoint, EVERY_MODE));

      assertExchanges(done, EVERY_MODE);
      assertThat(named.realtimeHost()).isNotEqualTo(named.httpHost());
    }
  }

  @Test
  void theWebSocketOfBrowsersDoesWhatTheGuideShows() throws Exception {
    NpmClients clients = NpmClients.installed();
    JsonNode done = clients.run("guide.mjs", peer.authority(), settings());

    assertThat(done.path("protocol").asText()).isEqualTo(PROTOCOL);
    assertThat(done.at("/ack/connectionTimeoutMs").asInt()).isEqualTo(300_000);
    assertThat(done.at("/published/successful")).hasSize(1);
    assertThat(done.path("status").asInt()).isEqualTo(200);
    assertThat(done.at("/body/successful")).hasSize(1);
    assertThat(done.at("/body/failed").isArray()).isTrue();
    assertThat(done.at("/received/0/event").asText()).isEqualTo("{\"via\":\"websocket\"}");
    assertThat(done.at("/received/1/event").asText()).isEqualTo("{\"via\":\"http\"}");
    assertThat(done.path("closed").asInt()).isEqualTo(1000);
  }

  @Test
  void clientsWithTheirCredentialsInHeadersAndTheHttpHostInHostAreServed() throws Exception {
    NpmClients clients = NpmClients.installed();
    JsonNode done =
        clients.run("headers.mjs", peer.authority(), settings().put("token", peer.userPoolToken()));

    for (String good : List.of("good", "token")) {
      assertThat(texts(done.at("/" + good + "/types")))
          .as(good)
          .containsExactly("connection_ack", "data", "publish_success", "subscribe_success");
      assertThat(done.at("/" + good + "/code").asInt()).isEqualTo(1000);
    }
    for (String refused : List.of("wrong", "none")) {
      assertThat(texts(done.at("/" + refused + "/types"))).containsExactly("connection_error");
      assertThat(done.at("/" + refused + "/code").asInt()).isEqualTo(1000);
    }
  }

  @Test
  void theJdksWebSocketIsServedWithEitherCarrier() throws Exception {
    String carrier =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(authorization().toString().getBytes(StandardCharsets.UTF_8));
    try (HttpClient client = peer.trusting()) {
      assertServed(
          client.newWebSocketBuilder().subprotocols("header-" + carrier, PROTOCOL), "carried");
      assertServed(
          client.newWebSocketBuilder().subprotocols(PROTOCOL).header("x-api-key", peer.apiKey()),
          "header");
    }
  }

  @Test
  void curlPublishesAndItsUpgradeIsTaken() throws Exception {
    AwsCli.requireCommand("curl");
    AwsCli.Run published =
        curl(
            "-H",
            "content-type: application/json",
            "-H",
            "x-api-key: " + peer.apiKey(),
            "-d",
            "{\"channel\":\"default/curl\",\"events\":[\"true\"]}",
            peer.publishing().toString());
    assertThat(published.status()).as(published.output()).isZero();
    assertThat(JSON.readTree(published.output()).path("successful")).hasSize(1);

    String mapped = peer.httpHost() + ":443:127.0.0.1:" + peer.simulator().tlsPort();
    AwsCli.Run byName =
        curl(
            "--connect-to",
            mapped,
            "-H",
            "x-api-key: " + peer.apiKey(),
            "-d",
            "{\"channel\":\"default/curl\",\"events\":[\"true\"]}",
            HTTPS + peer.httpHost() + "/event");
    assertThat(JSON.readTree(byName.output()).path("successful")).hasSize(1);

    // A curl that speaks no WebSocket yet shows the handshake, and what comes before the close.
    Path heard = work.resolve("upgrade.bin");
    curl(
        "-o",
        heard.toString(),
        "--http1.1",
        "-i",
        "-N",
        "-H",
        "Connection: Upgrade",
        "-H",
        "Upgrade: websocket",
        "-H",
        "Sec-WebSocket-Version: 13",
        "-H",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "-H",
        "Sec-WebSocket-Protocol: " + PROTOCOL,
        "-H",
        "x-api-key: da2-wrong",
        peer.realtime().toString().replace("wss:", "https:"));
    assertThat(Files.readString(heard, StandardCharsets.ISO_8859_1))
        .contains("101 Switching Protocols", PROTOCOL, "connection_error", "UnauthorizedException");

    AwsCli.Run untrusted = curl("--cacert", "/dev/null", peer.publishing().toString());
    assertThat(untrusted.status()).isNotZero();
  }

  private void assertServed(WebSocket.Builder builder, String name) throws Exception {
    var heard = new Heard();
    WebSocket socket = builder.buildAsync(peer.realtime(), heard).get();
    assertThat(socket.getSubprotocol()).isEqualTo(PROTOCOL);
    socket.sendText("{\"type\":\"connection_init\"}", true).get();
    assertThat(heard.next().path("type").asText()).isEqualTo("connection_ack");
    socket.sendText(operation("subscribe", name).toString(), true).get();
    assertThat(heard.next().path("type").asText()).isEqualTo("subscribe_success");
    ObjectNode publish = operation("publish", name);
    publish.putArray("events").add("\"" + name + "\"");
    socket.sendText(publish.toString(), true).get();
    JsonNode first = heard.next();
    JsonNode second = heard.next();
    JsonNode data = first.has("event") ? first : second;
    assertThat(List.of(first.path("type").asText(), second.path("type").asText()))
        .containsExactlyInAnyOrder("publish_success", "data");
    assertThat(data.path("event").asText()).isEqualTo("\"" + name + "\"");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
  }

  private ObjectNode operation(String type, String channel) {
    ObjectNode frame =
        JSON.createObjectNode()
            .put("type", type)
            .put("id", type + "-1")
            .put("channel", "default/" + channel);
    frame.set("authorization", authorization());
    return frame;
  }

  private ObjectNode authorization() {
    return JSON.createObjectNode().put("host", peer.httpHost()).put("x-api-key", peer.apiKey());
  }

  private ObjectNode settings() {
    return JSON.createObjectNode()
        .put("endpoint", peer.publishing().toString())
        .put("realtime", peer.realtime().toString())
        .put("httpHost", peer.httpHost())
        .put("apiKey", peer.apiKey());
  }

  private static ObjectNode amplify(EventsPeer api, URI endpoint, List<String> modes)
      throws Exception {
    ObjectNode settings =
        JSON.createObjectNode()
            .put("endpoint", endpoint.toString())
            .put("region", "us-east-1")
            .put("apiKey", api.apiKey());
    settings.set("modes", JSON.valueToTree(modes));
    settings
        .putObject("tokens")
        .put("userPool", api.userPoolToken())
        .put("oidc", api.openIdToken())
        .put("lambda", EventsPeer.LAMBDA_TOKEN);
    return settings;
  }

  private static void assertExchanges(JsonNode done, List<String> modes) {
    assertThat(done.path("exchanges")).hasSize(modes.size());
    for (JsonNode exchange : done.path("exchanges")) {
      String mode = exchange.path("mode").asText();
      assertThat(exchange.path("failed")).as(mode).isEmpty();
      List<String> ways = new ArrayList<>();
      for (JsonNode event : exchange.path("received")) {
        assertThat(event.path("text").asText()).as(mode).isEqualTo("é<>&\"");
        ways.add(event.path("via").asText());
      }
      assertThat(ways).as(mode).containsExactlyInAnyOrder("websocket", "http");
    }
  }

  private EventsPeer onPort443() throws Exception {
    try {
      return EventsPeer.start(work.resolve("named"), 443);
    } catch (PortUnavailableException taken) {
      return Assumptions.abort("AWS's host names want port 443: " + taken.getMessage());
    }
  }

  private AwsCli.Run curl(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("curl", "-sS", "--cacert", peer.authority().toString()));
    command.addAll(List.of(arguments));
    return AwsCli.run(work, command);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** Puts the parts of each message together. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    JsonNode next() throws Exception {
      return JSON.readTree(messages.take());
    }
  }
}
