// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsEndpointTest {
  private static final String HTTP = "example.appsync-api.eu-west-1.amazonaws.com";
  private static final String REALTIME = "example.appsync-realtime-api.eu-west-1.amazonaws.com";

  @Test
  void withoutAnOverrideTheHostsAreConnectedTo() {
    EventsEndpoint endpoint = new EventsEndpoint(HTTP, REALTIME, null);

    assertThat(endpoint.publishUri()).hasToString("https://" + HTTP + "/event");
    assertThat(endpoint.realtimeUri()).hasToString("wss://" + REALTIME + "/event/realtime");
  }

  @Test
  void theRealtimeHostFollowsFromTheHttpHost() {
    assertThat(EventsEndpoint.of(HTTP).realtimeHost()).isEqualTo(REALTIME);
    assertThat(EventsEndpoint.of("events.example.com").realtimeHost())
        .isEqualTo("events.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4566, http://127.0.0.1:4566/event, ws://127.0.0.1:4566/event/realtime",
    "http://127.0.0.1:4566/, http://127.0.0.1:4566/event, ws://127.0.0.1:4566/event/realtime",
    "https://localhost:4567, https://localhost:4567/event, wss://localhost:4567/event/realtime",
    "HTTP://[::1]:4566/x, http://[::1]:4566/x/event, ws://[::1]:4566/x/event/realtime",
  })
  void anOverrideIsConnectedToInstead(String override, String publish, String realtime) {
    EventsEndpoint endpoint =
        EventsEndpoint.fromEnvironment(
            Map.of("APPSYNC_HTTP_HOST", HTTP, "AWS_ENDPOINT_URL", override));

    assertThat(endpoint.publishUri()).hasToString(publish);
    assertThat(endpoint.realtimeUri()).hasToString(realtime);
    assertThat(endpoint.httpHost()).isEqualTo(HTTP);
    assertThat(endpoint.realtimeHost()).isEqualTo(REALTIME);
  }

  @Test
  void theEnvironmentMayNameTheRealtimeHost() {
    EventsEndpoint endpoint =
        EventsEndpoint.fromEnvironment(
            Map.of("APPSYNC_HTTP_HOST", HTTP, "APPSYNC_REALTIME_HOST", "rt.example.com"));

    assertThat(endpoint).isEqualTo(new EventsEndpoint(HTTP, "rt.example.com", null));
  }

  @Test
  void aMissingHostNamesTheVariableAndWhereToFindItsValue() {
    assertThatThrownBy(() -> EventsEndpoint.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set")
        .hasMessageContaining("Dns.Http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "example.com/event",
        "user@example.com",
        "a b",
        "example:x"
      })
  void aHostThatIsNotBareIsRefused(String host) {
    assertThatThrownBy(() -> EventsEndpoint.fromEnvironment(Map.of("APPSYNC_HTTP_HOST", host)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("APPSYNC_HTTP_HOST must be a bare host")
        .hasMessageContaining(host);
    assertThatThrownBy(() -> new EventsEndpoint(HTTP, host, null))
        .hasMessageStartingWith("The realtime host must be a bare host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:4566", "ftp://example.com", "http://", "http://a?b=c", "h t"})
  void anOverrideThatIsNotAnAddressIsRefused(String override) {
    Map<String, String> environment =
        Map.of("APPSYNC_HTTP_HOST", HTTP, "AWS_ENDPOINT_URL", override);

    assertThatThrownBy(() -> EventsEndpoint.fromEnvironment(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("AWS_ENDPOINT_URL must be an");
  }
}
