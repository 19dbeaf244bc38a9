// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.EXPIRED;
import static dev.syncline.sim.events.TestApi.KEY;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribing and unsubscribing over a connection. */
class SubscribeProtocolTest extends ConnectionProtocolFixture {
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
  void aSubscriptionWhoseTokenIsStillLookedAtHoldsItsId() {
    ConnectionProtocol asking = verifying();
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
}
