// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.testing.ScriptedEventApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of the publisher, and events that it refuses. */
class EventPublisherTest extends PublisherFixture {
  @Test
  void anEventIsPostedAsTheServiceWantsIt() {
    try (EventPublisher publisher = publisher()) {
      PublishResult result = publisher.publish(CHANNEL, "{\"a\":\"b\"}");

      assertThat(result.requests()).isEqualTo(1);
      assertThat(result.identifiers()).containsExactly("of " + "{\"a\":\"b\"}".hashCode());
    }
    ScriptedEventApi.Received request = onlyRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).hasToString("/event");
    assertThat(request.host()).isEqualTo(HOST);
    assertThat(request.apiKey()).isEqualTo("da2-key");
    assertThat(request.contentType()).startsWith("application/json");
    assertThat(request.channel()).isEqualTo("/ns/env/exec-1");
    assertThat(request.events()).containsExactly("{\"a\":\"b\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a \\\"quoted\\\" word\"",
        "\"back\\\\slash\"",
        "\"emoji 😀 and e\u0301 and \u2028\"",
        "\"\\ud800\"",
        "true",
        "null",
        "-1.5e300",
        "[]",
        "{ \"spaced\" : [ 1 , 2 ] }",
      })
  void anyJsonTextArrivesAsItWasGiven(String event) {
    try (EventPublisher publisher = publisher()) {
      publisher.publish(CHANNEL, event);
    }
    assertThat(onlyRequest().events()).containsExactly(event);
  }

  @Test
  void aLongListIsSentFiveAtATimeInOrder() {
    List<String> events = IntStream.range(0, 12).mapToObj(Integer::toString).toList();
    try (EventPublisher publisher = publisher()) {
      PublishResult result = publisher.publish(CHANNEL, events);

      assertThat(result.requests()).isEqualTo(3);
      assertThat(result.events())
          .extracting(PublishedEvent::index)
          .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
      assertThat(result.identifiers())
          .containsExactlyElementsOf(events.stream().map(e -> "of " + e.hashCode()).toList());
    }
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::events)
        .containsExactly(events.subList(0, 5), events.subList(5, 10), events.subList(10, 12));
  }

  @Test
  void aRequestStaysWithinItsLimitWhenEscapesInflateIt() {
    String event = "\"" + "\\\"".repeat(120_000) + "\"";
    try (EventPublisher publisher = publisher()) {
      publisher.publish(CHANNEL, List.of(event, event, event, event));
    }
    assertThat(api.received().stream().map(r -> r.events().size())).containsExactly(2, 2);
  }

  @Test
  void anEventOfExactly240KbIsSent() {
    String event = "\"" + "é".repeat((EventPublisher.MAX_EVENT_BYTES - 2) / 2) + "\"";
    try (EventPublisher publisher = publisher()) {
      publisher.publish(CHANNEL, event);
    }
    assertThat(onlyRequest().events().get(0).equals(event)).isTrue();
  }

  @Test
  void anEventOfOneByteMoreIsRefusedBeforeAnythingIsSent() {
    String event = "\"" + "é".repeat((EventPublisher.MAX_EVENT_BYTES - 2) / 2) + "a\"";
    try (EventPublisher publisher = publisher()) {
      EventTooLargeException e =
          catchThrowableOfType(
              EventTooLargeException.class, () -> publisher.publish(CHANNEL, List.of("1", event)));

      assertThat(e.index()).isEqualTo(1);
      assertThat(e.bytes()).isEqualTo(245_761);
      assertThat(e).hasMessageContaining("245761 bytes").hasMessageContaining("245760");
    }
    assertThat(api.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Ada", "{\"a\":}", "{\"a\":1", "1 2", "{}{}", "\"a", "'a'", "\"\ud800\""})
  void aTextThatIsNotOneJsonValueIsRefusedBeforeAnythingIsSent(String event) {
    try (EventPublisher publisher = publisher()) {
      assertThatThrownBy(() -> publisher.publish(CHANNEL, List.of("1", event)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Event 1 ");
    }
    assertThat(api.received()).isEmpty();
  }

  @Test
  void aWildcardOrAnEmptyListIsRefused() {
    try (EventPublisher publisher = publisher()) {
      assertThatThrownBy(() -> publisher.publish(Channel.subscription("/ns/*"), "1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("/ns/*");
      assertThatThrownBy(() -> publisher.publish(CHANNEL, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(api.received()).isEmpty();
  }

  @Test
  void manyThreadsShareOnePublisher() throws Exception {
    try (EventPublisher publisher = new EventPublisher(config(Authorization.apiKey("da2-key")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PublishResult>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String event = Integer.toString(i);
        results.add(threads.submit(() -> publisher.publish(CHANNEL, event)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(results.get(i).get().identifiers())
            .containsExactly("of " + Integer.toString(i).hashCode());
      }
    }
    assertThat(api.received()).hasSize(200);
  }

  private ScriptedEventApi.Received onlyRequest() {
    assertThat(api.received()).hasSize(1);
    return api.received().get(0);
  }
}
