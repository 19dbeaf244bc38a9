// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.EXPIRED;
import static dev.syncline.sim.events.TestApi.KEY;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionProtocolTest {
  private final ConnectionProtocol protocol =
      new ConnectionProtocol(
          TestApi::config,
          EventsLimits.AWS,
          new PublishRules(EventsLimits.AWS, new Ids(1)),
          AuthRequest.Caller.UNKNOWN,
          new Credentials.None());

  @Test
  void connectionInitIsAcknowledgedWithTheTimeout() throws Exception {
    List<ConnectionEffect> effects = receive("{\"type\":\"connection_init\"}");

    assertThat(json(((ConnectionEffect.Send) effects.get(0)).frame()))
        .isEqualTo(json("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"));
    assertThat(effects.get(1)).isInstanceOf(ConnectionEffect.KeepAlive.class);
    assertThat(effects).hasSize(2);
  }

  @Test
  void connectionInitMayCarryAPayloadAndComeAgain() {
    receive("{\"type\":\"connection_init\",\"payload\":{\"a\":1}}");

    assertThat(receive("{\"type\":\"connection_init\"}").getFirst())
        .isInstanceOf(ConnectionEffect.Send.class);
  }

  @Test
  void aSubscribeWithoutConnectionInitIsAdmitted() throws Exception {
    Subscription subscription = admitted(subscribe("s1", "default/a/*"));

    assertThat(subscription.id()).isEqualTo("s1");
    assertThat(subscription.pattern()).hasToString("/default/a/*");
    assertThat(json(protocol.acknowledge(subscription).frame()))
        .isEqualTo(json("{\"type\":\"subscribe_success\",\"id\":\"s1\"}"));
  }

  @Test
  void anAdmittedSubscriptionIsAnsweredOnce() {
    Subscription subscription = admitted(subscribe("s1", "/default/a"));
    protocol.acknowledge(subscription);

    assertThatThrownBy(() -> protocol.acknowledge(subscription))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> protocol.refuse(subscription, Refusal.badRequest("no")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRefusedSubscriptionLeavesItsIdFree() throws Exception {
    Subscription subscription = admitted(subscribe("s1", "/default/a"));
    ConnectionEffect.Refuse refused =
        protocol.refuse(subscription, new Refusal(429, "LimitExceededError", "slow down", "fault"));

    assertThat(json(refused.frame()))
        .isEqualTo(
            json(
                "{\"type\":\"subscribe_error\",\"id\":\"s1\",\"errors\":[{\"errorType\":"
                    + "\"LimitExceededError\",\"message\":\"slow down\"}]}"));
    assertThat(admitted(subscribe("s1", "/default/a")).id()).isEqualTo("s1");
  }

  @Test
  void anIdInUseIsRefusedWhetherAcknowledgedOrNot() throws Exception {
    Subscription first = admitted(subscribe("s1", "/default/a"));
    assertError(
        receive(subscribe("s1", "/default/b")),
        "subscribe_error",
        "s1",
        "DuplicatedOperationError");
    protocol.acknowledge(first);
    assertError(
        receive(subscribe("s1", "/default/a")),
        "subscribe_error",
        "s1",
        "DuplicatedOperationError");
  }

  @Test
  void oneChannelMayBeSubscribedUnderManyIds() {
    admitted(subscribe("s1", "/default/a"));

    assertThat(admitted(subscribe("s2", "/default/a")).id()).isEqualTo("s2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "\\\"", "a.b"})
  void anIdOutsideTheAlphabetIsRefused(String id) throws Exception {
    JsonNode frame =
        assertError(
            receive(subscribe(id, "/default/a")), "subscribe_error", id, "BadRequestException");
    assertThat(frame.at("/errors/0/message").textValue()).contains("id must match");
    assertError(
        receive(publish(id, "/default/a", KEY, "1")), "publish_error", id, "BadRequestException");
  }

  @Test
  void anIdHas128CharactersAtMostAndALongerOneComesBackWhole() throws Exception {
    String longest = "aZ0-_+".repeat(22).substring(0, 128);
    assertThat(admitted(subscribe(longest, "/default/a")).id()).isEqualTo(longest);
    assertError(
        receive(subscribe(longest + "x", "/default/a")),
        "subscribe_error",
        longest + "x",
        "BadRequestException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe", "publish"})
  void anOperationWithoutATextualIdGetsAnErrorWithoutOne(String type) throws Exception {
    for (String frame :
        List.of(
            "{\"type\":\"" + type + "\"}",
            "{\"type\":\"" + type + "\",\"id\":7}",
            "{\"type\":\"" + type + "\",\"id\":null}")) {
      JsonNode error = json(refuse(receive(frame)).frame());
      assertThat(error.get("type").textValue()).isEqualTo("error");
      assertThat(error.has("id")).isFalse();
      assertThat(error.at("/errors/0/errorType").textValue()).isEqualTo("BadRequestException");
      assertThat(error.at("/errors/0/message").textValue()).contains("needs an id");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "null",
        "[]",
        "1",
        "\"subscribe\"",
        "{} {}",
        "{\"type\":\"ka\"",
        "\u0000",
        "{\"type\":}",
        "<xml/>",
        "{'type':'ka'}"
      })
  void aMessageThatIsNotAJsonObjectIsAnsweredAndTheConnectionGoesOn(String text) throws Exception {
    JsonNode error = json(refuse(receive(text)).frame());

    assertThat(error.get("type").textValue()).isEqualTo("error");
    assertThat(error.at("/errors/0/errorType").textValue()).isEqualTo("BadRequestException");
    assertThat(admitted(subscribe("s1", "/default/a")).id()).isEqualTo("s1");
  }

  @Test
  void nestingWithoutEndIsAnsweredLikeAnythingMalformed() throws Exception {
    assertThat(json(refuse(receive("{\"type\":" + "[".repeat(100_000))).frame()).get("type"))
        .isEqualTo(JsonNodeFactory.instance.textNode("error"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"type\":\"start\"}", "{\"type\":7}", "{\"type\":null}", "{\"type\":{}}"})
  void anUnknownTypeIsUnsupported(String text) throws Exception {
    JsonNode error = json(refuse(receive(text)).frame());

    assertThat(error)
        .isEqualTo(
            json(
                "{\"type\":\"error\",\"errors\":[{\"errorType\":\"UnsupportedOperation\",\"message\":\"Operation"
                    + " not supported through the realtime channel\"}]}"));
  }

  @Test
  void anUnknownTypeKeepsItsId() throws Exception {
    assertThat(
            json(refuse(receive("{\"type\":\"start\",\"id\":\"x\"}")).frame())
                .get("id")
                .textValue())
        .isEqualTo("x");
  }

  @Test
  void aKeepAliveFromTheClientIsIgnored() {
    assertThat(receive("{\"type\":\"ka\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/*", "/default/**", "/default/*/", "/default/*/a", "/a//b", "a/b/c/d/e/f"})
  void aSubscribeToAnInvalidChannelIsRefusedWithTheReasonForTheJournal(String channel)
      throws Exception {
    List<ConnectionEffect> effects = receive(subscribe("s1", channel));

    JsonNode frame = assertError(effects, "subscribe_error", "s1", "BadRequestException");
    assertThat(frame.at("/errors/0/message").textValue()).isEqualTo("Invalid Channel Format");
    assertThat(refuse(effects).refusal().reason()).startsWith("channel '");
    assertThat(refuse(effects).channel()).isEqualTo(channel);
  }

  @Test
  void aSubscribeWithoutAChannelIsRefused() throws Exception {
    assertError(
        receive("{\"type\":\"subscribe\",\"id\":\"s1\"}"),
        "subscribe_error",
        "s1",
        "BadRequestException");
    assertError(
        receive("{\"type\":\"subscribe\",\"id\":\"s1\",\"channel\":[\"/default/a\"]}"),
        "subscribe_error",
        "s1",
        "BadRequestException");
  }

  @Test
  void everySubscribeNeedsItsOwnCredential() throws Exception {
    receive("{\"type\":\"connection_init\"}");

    assertError(
        receive("{\"type\":\"subscribe\",\"id\":\"s1\",\"channel\":\"/default/a\"}"),
        "subscribe_error",
        "s1",
        "UnauthorizedException");
    for (String key : List.of(EXPIRED, "da2-wrong")) {
      JsonNode frame =
          assertError(
              receive(subscribe("s1", "/default/a", key)),
              "subscribe_error",
              "s1",
              "UnauthorizedException");
      assertThat(frame.at("/errors/0/message").textValue())
          .isEqualTo("You are not authorized to make this call.");
    }
  }

  @Test
  void credentialsAreReadWithoutRegardToCase() {
    assertThat(
            admitted(
                    "{\"type\":\"subscribe\",\"id\":\"s1\",\"channel\":\"/default/a\","
                        + "\"authorization\":{\"X-API-Key\":\""
                        + KEY
                        + "\",\"x-amz-user-agent\":\"any\"},\"payload\":{\"channel\":\"/default/a\"}}")
                .id())
        .isEqualTo("s1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere/a", "/closed/a", "/closed/*"})
  void aNamespaceThatIsUnknownOrClosedIsUnauthorizedWithoutAMessage(String channel)
      throws Exception {
    JsonNode frame =
        assertError(
            receive(subscribe("s1", channel)), "subscribe_error", "s1", "UnauthorizedException");

    assertThat(frame.at("/errors/0").has("message")).isFalse();
  }

  @Test
  void theTwoHundredAndFirstSubscriptionIsRefusedUntilOneEnds() throws Exception {
    for (int i = 0; i < 200; i++) {
      protocol.acknowledge(admitted(subscribe("s" + i, "/default/a")));
    }
    assertError(
        receive(subscribe("s200", "/default/a")),
        "subscribe_error",
        "s200",
        "MaxSubscriptionsReachedError");

    receive("{\"type\":\"unsubscribe\",\"id\":\"s7\"}");
    assertThat(admitted(subscribe("s200", "/default/a")).id()).isEqualTo("s200");
  }

  @Test
  void subscriptionsThatWaitForTheirAcknowledgementCountToo() throws Exception {
    for (int i = 0; i < 200; i++) {
      admitted(subscribe("s" + i, "/default/a"));
    }

    assertError(
        receive(subscribe("s200", "/default/a")),
        "subscribe_error",
        "s200",
        "MaxSubscriptionsReachedError");
  }

  @Test
  void aSubscribeFrameOfMoreThan240KbIsRefused() throws Exception {
    String frame =
        subscribe("s1", "/default/a")
            .replace("\"type\"", "\"pad\":\"" + "x".repeat(240 * 1024) + "\",\"type\"");

    assertError(receive(frame), "subscribe_error", "s1", "BadRequestException");
  }

  @Test
  void unsubscribeRetiresTheSubscriptionAndAnswers() throws Exception {
    Subscription subscription = admitted(subscribe("s1", "/default/a"));
    protocol.acknowledge(subscription);

    List<ConnectionEffect> effects = receive("{\"type\":\"unsubscribe\",\"id\":\"s1\"}");

    assertThat(effects.get(0)).isEqualTo(new ConnectionEffect.Retire(subscription));
    assertThat(json(((ConnectionEffect.Send) effects.get(1)).frame()))
        .isEqualTo(json("{\"type\":\"unsubscribe_success\",\"id\":\"s1\"}"));
    assertThat(admitted(subscribe("s1", "/default/a")).id()).isEqualTo("s1");
  }

  @Test
  void unsubscribingWhatIsNotActiveIsAnUnknownOperation() throws Exception {
    admitted(subscribe("waiting", "/default/a"));

    for (String id : List.of("never", "waiting")) {
      JsonNode frame =
          assertError(
              receive("{\"type\":\"unsubscribe\",\"id\":\"" + id + "\"}"),
              "unsubscribe_error",
              id,
              "UnknownOperationError");
      assertThat(frame.at("/errors/0/message").textValue()).isEqualTo("Unknown operation id " + id);
    }
  }

  @Test
  void aPublishIsAnsweredBeforeItIsBroadcast() throws Exception {
    List<ConnectionEffect> effects = receive(publish("p1", "default/a", KEY, "{\\\"a\\\":1}", "2"));

    ConnectionEffect.Publish publish = (ConnectionEffect.Publish) effects.get(1);
    Publication publication = publish.publication();
    ConnectionEffect.Send sent =
        (ConnectionEffect.Send)
            protocol.published(publish.id(), publication.channel(), publication);
    JsonNode answer = json(sent.frame());
    assertThat(answer.get("type").textValue()).isEqualTo("publish_success");
    assertThat(answer.get("id").textValue()).isEqualTo("p1");
    assertThat(answer.get("successful")).hasSize(2);
    assertThat(answer.get("failed")).isEmpty();
    assertThat(publication.channel().path()).isEqualTo("/default/a");
    assertThat(publication.accepted().getFirst().payload()).isEqualTo("{\"a\":1}");
    assertThat(effects).hasSize(2);
  }

  @Test
  void aPublishThatAHandlerRefusesIsAnsweredWithTheRefusal() throws Exception {
    var refusal = new Refusal(401, "UnauthorizedException", "not you", "a handler");

    ConnectionEffect.Refuse refused =
        (ConnectionEffect.Refuse)
            protocol.published("p1", EventChannel.parse("/default/a"), refusal);

    assertThat(json(refused.frame()))
        .isEqualTo(
            json(
                "{\"type\":\"publish_error\",\"id\":\"p1\",\"errors\":[{\"errorType\":"
                    + "\"UnauthorizedException\",\"message\":\"not you\"}]}"));
  }

  @Test
  void aSignedFrameIsVerifiedWithEachWayInWhichClientsWriteItsBody() {
    var every = java.util.Set.of(AuthMode.values());
    var signing =
        new ConnectionProtocol(
            () -> TestApi.config(every, every),
            EventsLimits.AWS,
            new PublishRules(EventsLimits.AWS, new Ids(1)),
            AuthRequest.Caller.UNKNOWN,
            new Credentials.None());
    String frame =
        "{\"type\":\"publish\",\"id\":\"p1\",\"channel\":\"default/a\","
            + "\"events\":[\"\\\"<é>\\\"\"],"
            + "\"authorization\":{\"Authorization\":\"AWS4-HMAC-SHA256 x\"}}";

    List<ConnectionEffect> effects = signing.receive(frame, NOW);

    ConnectionEffect.Authorize ask = (ConnectionEffect.Authorize) effects.getFirst();
    assertThat(effects).hasSize(1);
    assertThat(ask.request().channel()).isEqualTo("/default/a");
    assertThat(ask.request().namespace()).isEqualTo("default");
    assertThat(ask.request().signedBodies())
        .containsExactly(
            "{\"channel\":\"default/a\",\"events\":[\"\\\"<é>\\\"\"]}",
            "{\"channel\":\"default/a\",\"events\":[\"\\\"\\u003cé\\u003e\\\"\"]}",
            "{\"channel\": \"default/a\", \"events\": [\"\\\"<\\u00e9>\\\"\"]}");

    var granted = new AuthDecision.Granted(AuthMode.AWS_IAM);
    assertThat(signing.authorized(ask.step(), granted).getLast())
        .isInstanceOf(ConnectionEffect.Publish.class);

    var second = (ConnectionEffect.Authorize) signing.receive(frame, NOW).getFirst();
    assertThat(signing.authorized(second.step(), Refusal.unauthorized("no")).getFirst())
        .isInstanceOf(ConnectionEffect.Refuse.class);
  }

  @Test
  void aSubscriptionWhoseTokenIsStillLookedAtHoldsItsId() {
    var every = java.util.Set.of(AuthMode.values());
    var asking =
        new ConnectionProtocol(
            () -> TestApi.config(every, every),
            EventsLimits.AWS,
            new PublishRules(EventsLimits.AWS, new Ids(1)),
            AuthRequest.Caller.UNKNOWN,
            new Credentials.None());
    String frame =
        "{\"type\":\"subscribe\",\"id\":\"s1\",\"channel\":\"default/a\","
            + "\"authorization\":{\"Authorization\":\"some token\"}}";

    ConnectionEffect.Authorize first =
        (ConnectionEffect.Authorize) asking.receive(frame, NOW).getFirst();
    ConnectionEffect.Refuse second =
        (ConnectionEffect.Refuse) asking.receive(frame, NOW).getFirst();
    ConnectionEffect.Refuse refused =
        (ConnectionEffect.Refuse)
            asking.authorized(first.step(), Refusal.unauthorized("no")).getFirst();

    assertThat(second.refusal().errorType()).isEqualTo("DuplicatedOperationError");
    assertThat(refused.refusal().errorType()).isEqualTo("UnauthorizedException");
    assertThat(asking.receive(frame, NOW).getFirst())
        .isInstanceOf(ConnectionEffect.Authorize.class);
  }

  @Test
  void theSameIdMayPublishAgain() {
    receive(publish("p1", "/default/a", KEY, "1"));

    assertThat(receive(publish("p1", "/default/a", KEY, "1")).getLast())
        .isInstanceOf(ConnectionEffect.Publish.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/default/a, da2-wrong, UnauthorizedException, You are not authorized to make this call.",
    "/nowhere/a, da2-abcdefghijklmnopqrstuvwxyz, UnauthorizedException,",
    "/closed/a, da2-abcdefghijklmnopqrstuvwxyz, UnauthorizedException,",
    "/default/*, da2-abcdefghijklmnopqrstuvwxyz, BadRequestException, Invalid Channel Format",
  })
  void aPublishThatMayNotBeIsRefused(String channel, String key, String type, String message)
      throws Exception {
    JsonNode frame =
        assertError(receive(publish("p1", channel, key, "1")), "publish_error", "p1", type);

    assertThat(frame.at("/errors/0/message").textValue()).isEqualTo(message);
  }

  @Test
  void sixEventsOverTheSocketAreAnInvalidInput() throws Exception {
    JsonNode frame =
        assertError(
            receive(publish("p1", "/default/a", KEY, "1", "2", "3", "4", "5", "6")),
            "publish_error",
            "p1",
            "InvalidInputError");

    assertThat(frame.at("/errors/0/message").textValue()).isEqualTo("input exceeded 5 event limit");
  }

  @Test
  void aConnectionErrorCarriesTheCode() throws Exception {
    assertThat(json(Frames.connectionError(Refusal.unauthorized("reason"))))
        .isEqualTo(
            json(
                "{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\",\"errorCode\":401,\"message\":\"You"
                    + " are not authorized to make this call.\"}]}"));
  }

  @Test
  void aHundredThousandSubscriptionsOneAfterTheOtherLeaveNothingBehind() {
    for (int i = 0; i < 100_000; i++) {
      protocol.acknowledge(admitted(subscribe("s" + i, "/default/a")));
      receive("{\"type\":\"unsubscribe\",\"id\":\"s" + i + "\"}");
    }
    var last = new ArrayList<Subscription>();
    for (int i = 0; i < 200; i++) {
      last.add(admitted(subscribe("s" + i, "/default/a")));
    }

    assertThat(last).hasSize(200);
  }

  private List<ConnectionEffect> receive(String text) {
    return protocol.receive(text, NOW);
  }

  private Subscription admitted(String frame) {
    List<ConnectionEffect> effects = receive(frame);
    assertThat(effects.getFirst()).isInstanceOf(ConnectionEffect.KeepAlive.class);
    assertThat(effects.getLast()).isInstanceOf(ConnectionEffect.Admit.class);
    return ((ConnectionEffect.Admit) effects.getLast()).subscription();
  }

  private static ConnectionEffect.Refuse refuse(List<ConnectionEffect> effects) {
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst()).isInstanceOf(ConnectionEffect.Refuse.class);
    return (ConnectionEffect.Refuse) effects.getFirst();
  }

  private static JsonNode assertError(
      List<ConnectionEffect> effects, String type, String id, String errorType) throws Exception {
    JsonNode frame = json(refuse(effects).frame());
    assertThat(frame.get("type").textValue()).isEqualTo(type);
    assertThat(frame.get("id").textValue()).isEqualTo(id);
    assertThat(frame.get("errors")).hasSize(1);
    assertThat(frame.at("/errors/0/errorType").textValue()).isEqualTo(errorType);
    return frame;
  }

  private static String subscribe(String id, String channel) {
    return subscribe(id, channel, KEY);
  }

  private static String subscribe(String id, String channel, String key) {
    ObjectNode frame =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "subscribe")
            .put("id", id)
            .put("channel", channel);
    frame.putObject("authorization").put("x-api-key", key);
    return frame.toString();
  }

  private static String publish(String id, String channel, String key, String... events) {
    ObjectNode frame =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "publish")
            .put("id", id)
            .put("channel", channel);
    frame.putObject("authorization").put("x-api-key", key);
    var array = frame.putArray("events");
    for (String event : events) {
      array.add(event.replace("\\\"", "\""));
    }
    return frame.toString();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
