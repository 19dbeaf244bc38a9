// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.Ids;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsBehaviourTest {
  private static final String INIT = "{\"type\":\"connection_init\"}";
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"default/a\"}";
  private static final String PUBLISH =
      "{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"default/a\",\"events\":[\"1\"]}";

  @Test
  void theDefaultIsWhatClientsRelyOn() {
    ConnectionProtocol connection = connection(Map.of());

    assertThat(frames(connection, SUBSCRIBE)).contains("Missing authorization header");
    assertThat(frames(connection, "{\"type\":\"ka\"}")).isEmpty();
    assertThat(frames(connection, INIT)).doesNotContain("payload");
    assertThat(EventsBehaviour.DEFAULT.refusedCloseCode()).isEqualTo(1000);
    assertThat(EventsBehaviour.DEFAULT.lifetimeCloseCode()).isEqualTo(1000);
  }

  @Test
  void theCredentialOfTheConnectionMayStandIn() {
    ConnectionProtocol connection = connection(Map.of("missing-authorization", "connection"));

    assertThat(connection.receive(SUBSCRIBE, TestApi.NOW))
        .hasAtLeastOneElementOfType(ConnectionEffect.Admit.class);
    assertThat(connection.receive(PUBLISH, TestApi.NOW))
        .hasAtLeastOneElementOfType(ConnectionEffect.Publish.class);
    assertThat(
            frames(
                connection,
                SUBSCRIBE
                    .replace("\"s\"", "\"t\"")
                    .replace("}", ",\"authorization\":{\"x-api-key\":\"da2-wrong\"}}")))
        .as("one that is there counts")
        .contains("You are not authorized");
  }

  @Test
  void connectionInitMayHaveToComeFirst() {
    ConnectionProtocol connection =
        connection(Map.of("connection-init", "required", "missing-authorization", "connection"));

    assertThat(frames(connection, SUBSCRIBE)).contains("connection_init must come first");
    assertThat(frames(connection, PUBLISH)).contains("connection_init must come first");
    connection.receive(INIT, TestApi.NOW);
    assertThat(connection.receive(SUBSCRIBE, TestApi.NOW))
        .hasAtLeastOneElementOfType(ConnectionEffect.Admit.class);
  }

  @Test
  void anUnsubscribeThatOvertakesTheAnswerMayBeIgnored() {
    String unsubscribe = "{\"type\":\"unsubscribe\",\"id\":\"s\"}";
    Map<String, String> standsIn = Map.of("missing-authorization", "connection");
    ConnectionProtocol refusing = connection(standsIn);
    refusing.receive(SUBSCRIBE, TestApi.NOW);
    assertThat(frames(refusing, unsubscribe)).contains("Unknown operation id s");

    ConnectionProtocol ignoring =
        connection(Map.of("missing-authorization", "connection", "early-unsubscribe", "ignore"));
    ignoring.receive(SUBSCRIBE, TestApi.NOW);
    assertThat(ignoring.receive(unsubscribe, TestApi.NOW)).isEmpty();
    assertThat(frames(ignoring, unsubscribe.replace("\"s\"", "\"t\"")))
        .contains("Unknown operation id t");
  }

  @Test
  void aKeepAliveOfTheClientMayBeUnsupported() {
    assertThat(frames(connection(Map.of("client-keep-alive", "error")), "{\"type\":\"ka\"}"))
        .contains("UnsupportedOperation");
  }

  @Test
  void theTimeoutMayBeInThePayloadToo() {
    assertThat(frames(connection(Map.of("ack-timeout", "top-and-payload")), INIT))
        .isEqualTo(
            "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000,"
                + "\"payload\":{\"connectionTimeoutMs\":300000}}");
  }

  @Test
  void anUnknownNamespaceMayBeNotFound() {
    EventsBehaviour told = EventsBehaviour.DEFAULT.with("unknown-namespace", "not-found");

    Refusal refusal =
        Authorizer.refusal(
                TestApi.config(), EventOperation.PUBLISH, "nowhere", AuthMode.API_KEY, told)
            .orElseThrow();

    assertThat(refusal.status()).isEqualTo(404);
    assertThat(refusal.errorType()).isEqualTo("NotFoundException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1008", "3000", "4401"})
  void closeCodesMayBeOthers(String code) {
    assertThat(EventsBehaviour.DEFAULT.with("refused-close-code", code).refusedCloseCode())
        .isEqualTo(Integer.parseInt(code));
  }

  @Test
  void anotherNameOrAnswerIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> EventsBehaviour.DEFAULT.with("colour", "red"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("colour", "missing-authorization", "lifetime-close-code");
    assertThatThrownBy(() -> EventsBehaviour.DEFAULT.with("connection-init", "never"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("connection-init must be optional or required, got 'never'");
  }

  private static ConnectionProtocol connection(Map<String, String> choices) {
    EventsLimits limits = EventsLimits.AWS.with(choices);
    return new ConnectionProtocol(
        TestApi::config,
        limits,
        new PublishRules(limits, new Ids(1)),
        AuthRequest.Caller.UNKNOWN,
        TestApi.GOOD);
  }

  private static String frames(ConnectionProtocol connection, String frame) {
    List<ConnectionEffect> effects = connection.receive(frame, TestApi.NOW);
    return effects.stream()
        .map(
            effect ->
                switch (effect) {
                  case ConnectionEffect.Send send -> send.frame();
                  case ConnectionEffect.Refuse refuse -> refuse.frame();
                  default -> "";
                })
        .collect(Collectors.joining());
  }
}
