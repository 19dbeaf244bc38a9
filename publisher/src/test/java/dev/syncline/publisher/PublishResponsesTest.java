// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static dev.syncline.testing.ScriptedEventApi.accept;
import static dev.syncline.testing.ScriptedEventApi.failing;
import static dev.syncline.testing.ScriptedEventApi.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.publisher.PublishException.Reason;
import dev.syncline.testing.ScriptedEventApi;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the publisher reads responses that name single events, and responses in a wrong form. */
class PublishResponsesTest extends PublisherFixture {
  @Test
  void onlyTheFailedEventsAreSentAgain() {
    api.then(failing(List.of(1, 3), "InternalFailure"), failing(List.of(1), "InternalFailure"));
    List<String> events = List.of("10", "11", "12", "13");
    try (EventPublisher publisher = publisher()) {
      PublishResult result = publisher.publish(CHANNEL, events);

      assertThat(result.requests()).isEqualTo(3);
      assertThat(result.identifiers())
          .containsExactlyElementsOf(events.stream().map(e -> "of " + e.hashCode()).toList());
    }
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::events)
        .containsExactly(events, List.of("11", "13"), List.of("13"));
  }

  @Test
  void eventsThatKeepFailingAreReportedByTheirIndexInTheWholeList() {
    for (int i = 0; i < 5; i++) {
      api.then(i == 0 ? accept() : failing(List.of(0), "InternalFailure"));
    }
    List<String> events = IntStream.range(0, 12).mapToObj(Integer::toString).toList();

    PublishException e = failure(events.toArray(String[]::new));

    assertThat(e.reason()).isEqualTo(Reason.EVENTS_FAILED);
    assertThat(e.status()).hasValue(200);
    assertThat(e.errorType()).isEqualTo("InternalFailure");
    assertThat(e.published())
        .extracting(PublishedEvent::index)
        .containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9);
    assertThat(e.failed())
        .containsExactly(new FailedEvent(5, "bad-0", "InternalFailure", "refused"));
    assertThat(e.unsent()).containsExactly(10, 11);
    assertThat(e).hasMessageContaining("did not accept event 5: InternalFailure, refused");
  }

  @Test
  void anEventTheServiceFindsTooLargeIsNotSentAgainButTheOthersAre() {
    api.then(
        (exchange, request) ->
            reply(
                    200,
                    "{\"failed\":[{\"index\":0,\"code\":\"EventTooLargeException\"},"
                        + "{\"index\":1,\"code\":\"InternalFailure\"}],\"successful\":[]}")
                .answer(exchange, request));

    PublishException e = failure("10", "11");

    assertThat(e.errorType()).isEqualTo("EventTooLargeException");
    assertThat(e.published()).extracting(PublishedEvent::index).containsExactly(1);
    assertThat(e.failed()).extracting(FailedEvent::index).containsExactly(0);
    assertThat(e.unsent()).isEmpty();
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::events)
        .containsExactly(List.of("10", "11"), List.of("11"));
  }

  @Test
  void anEventThatTheAnswerForgetsIsNotTakenForPublished() {
    api.then(
        reply(200, "{\"failed\":[],\"successful\":[{\"identifier\":\"a\",\"index\":0}]}"),
        accept());
    try (EventPublisher publisher = publisher()) {
      publisher.publish(CHANNEL, List.of("10", "11"));
    }
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::events)
        .containsExactly(List.of("10", "11"), List.of("11"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>log in</html>",
        "[]",
        "{\"failed\":[]}",
        "{\"successful\":[]}",
        "{\"failed\":{},\"successful\":[]}",
        "{\"failed\":[",
      })
  void anAnswerThatIsNotTheServicesIsNotTakenForSuccess(String body) {
    api.then(reply(200, body));

    PublishException e = failure("1");

    assertThat(e.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(e).hasMessageContaining("is the address that of an Event API?");
    assertThat(api.received()).hasSize(1);
  }

  @Test
  void membersThatTheServiceMayAddAreSkipped() {
    api.then(
        reply(
            200,
            "{\"meta\":{\"a\":[1]},\"failed\":[],\"successful\":"
                + "[{\"identifier\":\"a\",\"new\":{\"b\":1},\"index\":0}]}"));
    try (EventPublisher publisher = publisher()) {
      assertThat(publisher.publish(CHANNEL, "1").identifiers()).containsExactly("a");
    }
  }
}
