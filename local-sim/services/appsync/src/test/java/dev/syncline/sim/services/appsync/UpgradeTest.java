// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.carrier;
import static dev.syncline.sim.services.appsync.Simulation.json;
import static dev.syncline.sim.services.appsync.Simulation.subprotocols;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgrade to WebSocket: paths, subprotocols and credentials. */
class UpgradeTest {
  private static final String REALTIME = "/event/realtime";

  private final Simulation simulation = new Simulation();

  @Test
  void nothingComesBeforeTheAcknowledgement() {
    Simulation.Client client = simulation.connect();
    assertThat(client.peer().frames()).isEmpty();
    simulation.clock.advance(Duration.ofMinutes(10));
    assertThat(client.peer().frames()).isEmpty();

    client.init();
    assertThat(client.peer().frames())
        .containsExactly(json("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"));
  }

  @Test
  void theSubprotocolIsSelectedInAnyOrder() {
    for (String offer :
        List.of(
            "aws-appsync-event-ws",
            "aws-appsync-event-ws,header-e30",
            "header-e30 ,  aws-appsync-event-ws")) {
      assertThat(
              simulation
                  .service
                  .webSocketEndpoints()
                  .getFirst()
                  .subprotocol(upgrade(Headers.of("Sec-WebSocket-Protocol", offer))))
          .contains("aws-appsync-event-ws");
    }
    assertThat(
            simulation
                .service
                .webSocketEndpoints()
                .getFirst()
                .subprotocol(
                    upgrade(
                        Headers.of(
                            "sec-websocket-protocol",
                            "header-e30",
                            "sec-websocket-protocol",
                            "aws-appsync-event-ws"))))
        .contains("aws-appsync-event-ws");
    for (Headers offer :
        List.of(Headers.EMPTY, Headers.of("Sec-WebSocket-Protocol", "graphql-ws, header-e30"))) {
      assertThat(simulation.service.webSocketEndpoints().getFirst().subprotocol(upgrade(offer)))
          .isEmpty();
    }
  }

  @Test
  void otherPathsAreNotClaimed() {
    var elsewhere =
        new HttpRequest("GET", "/event", "", Headers.EMPTY, new byte[0], "127.0.0.1", false);

    assertThat(simulation.service.webSocketEndpoints().getFirst().claims(elsewhere)).isFalse();
  }

  @Test
  void credentialsComeInTheSubprotocolInEveryFormOfBase64() {
    // The text is chosen so that its base64 needs padding and has both characters that differ.
    String text =
        "{\"HOST\":\""
            + simulation.httpHost
            + "\",\"X-Api-Key\":\""
            + simulation.key
            + "\",\"x\":\"???>>>~~~\u00ff\u00fe\"}";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (String base64 :
        List.of(
            Base64.getEncoder().encodeToString(utf8),
            Base64.getEncoder().withoutPadding().encodeToString(utf8),
            Base64.getUrlEncoder().encodeToString(utf8),
            Base64.getUrlEncoder().withoutPadding().encodeToString(utf8))) {
      assertConnects(
          simulation.connect(
              simulation.realtimeHost,
              REALTIME,
              Headers.of("Sec-WebSocket-Protocol", "header-" + base64 + ",aws-appsync-event-ws")));
    }
  }

  @Test
  void credentialsComeInRealHeadersWithTheHttpHost() {
    assertConnects(
        simulation.connect(
            simulation.httpHost,
            REALTIME,
            Headers.of(
                "Sec-WebSocket-Protocol",
                "aws-appsync-event-ws",
                "X-Api-Key",
                simulation.key,
                "x-amz-date",
                "20260301T000000Z")));
  }

  @Test
  void theApiIsFoundByPathByTheCredentialsHostOrByTheKey() {
    Headers named = subprotocols(simulation.httpHost, simulation.key);
    assertConnects(simulation.connect("127.0.0.1:4566", REALTIME, named));
    assertConnects(simulation.connect("simulator:4566", REALTIME, named));
    assertConnects(
        simulation.connect(
            "127.0.0.1:4566",
            "/_aws/appsync-api/" + simulation.dnsId + "/event/realtime",
            subprotocols("127.0.0.1:4566", simulation.key)));
    assertConnects(
        simulation.connect(
            "localhost:4566", REALTIME, subprotocols("localhost:4566", simulation.key)));
    assertConnects(
        simulation.connect(
            "localhost:4566",
            REALTIME,
            Headers.of(
                "Sec-WebSocket-Protocol", "aws-appsync-event-ws", "x-api-key", simulation.key)));
    assertConnects(
        simulation.connect(
            simulation.realtimeHost,
            REALTIME,
            carrier("{\"x-api-key\":\"" + simulation.key + "\"}")));
  }

  @Test
  void aWrongKeyIsToldAfterTheUpgradeAndTheConnectionCloses() {
    Simulation.Client client =
        simulation.connect(
            simulation.realtimeHost, REALTIME, subprotocols(simulation.httpHost, "da2-wrong"));

    assertThat(client.peer().frames())
        .containsExactly(
            json(
                "{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\",\"errorCode\":401,\"message\":\"You"
                    + " are not authorized to make this call.\"}]}"));
    assertThat(client.peer().end()).isEqualTo("closed 1000");
    client.init().subscribe("s", "/default/a");
    assertThat(client.peer().frames()).hasSize(1);
    assertThat(simulation.journal("ConnectionRefused")).hasSize(1);
    assertThat(simulation.journal.since(0).toString()).doesNotContain("da2-wrong");
  }

  @Test
  void aWrongKeyInHeadersIsToldWithoutAMessage() {
    Simulation.Client client =
        simulation.connect(
            simulation.realtimeHost,
            REALTIME,
            Headers.of("Sec-WebSocket-Protocol", "aws-appsync-event-ws", "x-api-key", "da2-wrong"));

    assertThat(client.peer().frames())
        .containsExactly(
            json(
                "{\"type\":\"connection_error\",\"errors\":"
                    + "[{\"errorType\":\"UnauthorizedException\",\"errorCode\":401}]}"));
  }

  @Test
  void anExpiredKeyOpensNothing() {
    simulation.clock.advance(Duration.ofDays(7));

    assertRefused(simulation.connect(), "UnauthorizedException", 401);
  }

  @Test
  void refusedUpgradesSayWhy() {
    assertRefused(
        simulation.connect(
            simulation.realtimeHost,
            REALTIME,
            Headers.of("Sec-WebSocket-Protocol", "aws-appsync-event-ws")),
        "UnauthorizedException",
        401);
    assertRefused(
        simulation.connect(
            "localhost", REALTIME, Headers.of("Sec-WebSocket-Protocol", "aws-appsync-event-ws")),
        "UnauthorizedException",
        401);
    assertRefused(
        simulation.connect(
            simulation.realtimeHost,
            REALTIME,
            subprotocols("elsewhere.example.com", simulation.key)),
        "UnauthorizedException",
        401);
    assertRefused(
        simulation.connect(
            "127.0.0.1",
            REALTIME,
            subprotocols(
                "abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com", simulation.key)),
        "ResourceNotFound",
        404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "da2-key"})
  void aSubprotocolThatHoldsNoJsonObjectIsABadRequest(String text) {
    assertRefused(
        simulation.connect(simulation.realtimeHost, REALTIME, carrier(text)),
        "BadRequestException",
        400);
  }

  @Test
  void aSubprotocolThatIsNotBase64IsABadRequest() {
    assertRefused(
        simulation.connect(
            simulation.realtimeHost,
            REALTIME,
            Headers.of("Sec-WebSocket-Protocol", "aws-appsync-event-ws, header-!!!")),
        "BadRequestException",
        400);
  }

  private HttpRequest upgrade(Headers headers) {
    return new HttpRequest(
        "GET",
        REALTIME,
        "",
        headers.with("Host", simulation.realtimeHost),
        new byte[0],
        "127.0.0.1",
        false);
  }

  private static void assertConnects(Simulation.Client client) {
    client.init();
    assertThat(client.peer().types()).containsExactly("connection_ack");
    assertThat(client.peer().end()).isEmpty();
  }

  private static void assertRefused(Simulation.Client client, String errorType, int code) {
    assertThat(client.peer().types()).containsExactly("connection_error");
    assertThat(client.peer().last().at("/errors/0/errorType").asText()).isEqualTo(errorType);
    assertThat(client.peer().last().at("/errors/0/errorCode").asInt()).isEqualTo(code);
    assertThat(client.peer().end()).isEqualTo("closed 1000");
  }
}
