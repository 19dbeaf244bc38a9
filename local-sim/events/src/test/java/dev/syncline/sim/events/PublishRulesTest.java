// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRulesTest {
  private static final AuthDecision WHO = new AuthDecision.Granted(AuthMode.API_KEY);

  private final PublishRules rules = new PublishRules(EventsLimits.AWS, new Ids(1));

  @Test
  void everyEventGetsAnIdentifierAndItsIndex() {
    Publication publication = accept(request("/default/a", "{\"a\":1}", "\"text\"", "true"));

    assertThat(publication.channel().path()).isEqualTo("/default/a");
    assertThat(publication.failed()).isEmpty();
    assertThat(publication.accepted())
        .extracting(Publication.Accepted::index)
        .containsExactly(0, 1, 2);
    assertThat(publication.accepted())
        .extracting(Publication.Accepted::payload)
        .containsExactly("{\"a\":1}", "\"text\"", "true");
    assertThat(publication.accepted())
        .extracting(Publication.Accepted::identifier)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
  }

  @Test
  void theReplyAlwaysHasBothLists() {
    Publication publication = accept(request("/default/a", "1"));

    assertThat(publication.reply().toString())
        .isEqualTo(
            "{\"failed\":[],\"successful\":[{\"identifier\":\""
                + publication.accepted().getFirst().identifier()
                + "\",\"index\":0}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "-1.5e3",
        "\"\"",
        "[]",
        "{}",
        " {\"a\":[1,{\"b\":null}]} ",
        "\"\\ud83d\"",
        "\"O\\\"Brien \\\\ 😀\""
      })
  void anEventIsAnyJson(String json) {
    assertThat(accept(request("/default/a", json)).accepted().getFirst().payload()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "hello", "{", "{\"a\":1}}", "1 2", "{a:1}", "'x'", "NaN", "01", "\"\t\""})
  void anEventThatIsNotJsonRefusesTheRequestAndIsNamed(String text) {
    Refusal refusal = refuse(Transport.HTTP, request("/default/a", "1", text));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.errorType()).isEqualTo("BadRequestException");
    assertThat(refusal.message()).isEqualTo("events[1] is not valid JSON");
  }

  @Test
  void anEventMustBeAStringThatHoldsJson() {
    ObjectNode request = request("/default/a");
    request.withArray("events").addObject().put("a", 1);

    assertThat(refuse(Transport.HTTP, request).message())
        .isEqualTo("events[0] must be a string that holds JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, BadRequestException, Input exceeded 5 event limit",
    "WEBSOCKET, InvalidInputError, input exceeded 5 event limit",
  })
  void sixEventsAreTooManyInTheWordsOfTheTransport(
      Transport transport, String errorType, String message) {
    Refusal refusal = refuse(transport, request("/default/a", "1", "2", "3", "4", "5", "6"));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.errorType()).isEqualTo(errorType);
    assertThat(refusal.message()).isEqualTo(message);
    assertThat(accept(request("/default/a", "1", "2", "3", "4", "5")).accepted()).hasSize(5);
  }

  @Test
  void noEventsAreTooFew() {
    assertThat(refuse(Transport.HTTP, request("/default/a")).message())
        .isEqualTo("Input must have at least 1 event");
  }

  @Test
  void eventsMustBeAnArray() {
    ObjectNode none = request("/default/a");
    none.remove("events");
    assertThat(refuse(Transport.HTTP, none).message()).contains("'events' must be an array");
    assertThat(refuse(Transport.HTTP, none.put("events", "[]")).message())
        .contains("'events' must be an array");
  }

  @Test
  void anEventOfMoreThan240KbFailsAlone() {
    String largest = "\"" + "x".repeat(240 * 1024 - 2) + "\"";
    String tooLarge = "\"" + "x".repeat(240 * 1024 - 1) + "\"";
    // 80 Ki characters of three bytes each
    String tooManyBytes = "\"" + "€".repeat(80 * 1024) + "\"";

    Publication publication = accept(request("/default/a", largest, tooLarge, tooManyBytes, "1"));

    assertThat(publication.accepted())
        .extracting(Publication.Accepted::index)
        .containsExactly(0, 3);
    assertThat(publication.failed())
        .allSatisfy(
            failed -> {
              assertThat(failed.code()).isEqualTo("EventTooLargeException");
              assertThat(failed.message()).isEqualTo("Transformed event is larger than 240KB");
            })
        .extracting(Publication.Failed::index)
        .containsExactly(1, 2);
    assertThat(publication.reply().get("failed").get(0).get("code").isTextual()).isTrue();
  }

  @Test
  void allEventsOfARequestTogetherHaveALimitToo() {
    String half = "\"" + "x".repeat(700 * 1024) + "\"";

    assertThat(refuse(Transport.HTTP, request("/default/a", half, half)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/default/*", "/a/b/c/d/e/f", "/default/a_b"})
  void aChannelThatIsWrongIsABadRequest(String channel) {
    Refusal refusal = refuse(Transport.HTTP, request(channel, "1"));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.errorType()).isEqualTo("BadRequestException");
    assertThat(refusal.message()).isEqualTo("Invalid Channel Format");
  }

  @Test
  void aChannelThatIsNotATextIsABadRequest() {
    ObjectNode request = request("/default/a", "1");
    assertThat(refuse(Transport.HTTP, request.put("channel", 7)).message())
        .isEqualTo("Invalid Channel Format");
    request.remove("channel");
    assertThat(refuse(Transport.HTTP, request).message()).isEqualTo("Invalid Channel Format");
  }

  @Test
  void theCredentialIsLookedAtBeforeAnythingElse() {
    PublishDecision decision =
        rules.decide(
            TestApi.config(),
            Transport.HTTP,
            Refusal.unauthorized("wrong"),
            JsonNodeFactory.instance.objectNode());

    assertThat(((Refusal) decision).status()).isEqualTo(401);
  }

  @Test
  void anUnknownOrClosedNamespaceIsForbiddenWithoutAMessage() {
    for (String channel : new String[] {"/nowhere/a", "/closed/a"}) {
      Refusal refusal = refuse(Transport.HTTP, request(channel, "1"));
      assertThat(refusal.status()).isEqualTo(403);
      assertThat(refusal.errorType()).isEqualTo("UnauthorizedException");
      assertThat(refusal.message()).isNull();
    }
  }

  private Publication accept(ObjectNode request) {
    PublishDecision decision = rules.decide(TestApi.config(), Transport.HTTP, WHO, request);
    assertThat(decision).isInstanceOf(Publication.class);
    return (Publication) decision;
  }

  private Refusal refuse(Transport transport, ObjectNode request) {
    PublishDecision decision = rules.decide(TestApi.config(), transport, WHO, request);
    assertThat(decision).isInstanceOf(Refusal.class);
    return (Refusal) decision;
  }

  private static ObjectNode request(String channel, String... events) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("channel", channel);
    var array = request.putArray("events");
    for (String event : events) {
      array.add(event);
    }
    return request;
  }
}
