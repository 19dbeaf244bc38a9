// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeProtocolTest {

  private final RealtimeProtocol protocol = new RealtimeProtocol();

  private void subscribe() {
    protocol.opened();
    protocol.received("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}");
    ask("s-1");
    protocol.received("{\"type\":\"subscribe_success\",\"id\":\"s-1\"}");
  }

  private List<Effect> ask(String id) {
    return protocol.subscribe(id, Channel.subscription("/ns/env/*"), "{\"x-api-key\":\"k\"}");
  }

  @Test
  void itInitialisesThenSubscribesThenIsSubscribed() {
    assertThat(protocol.opened())
        .containsExactly(new Effect.Send("{\"type\":\"connection_init\"}"));
    assertThat(protocol.received("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"))
        .containsExactly(new Effect.Acknowledged(300_000));
    assertThat(ask("s-1"))
        .containsExactly(
            new Effect.Send(
                "{\"type\":\"subscribe\",\"id\":\"s-1\",\"channel\":\"/ns/env/*\","
                    + "\"authorization\":{\"x-api-key\":\"k\"}}"));
    assertThat(protocol.received("{\"type\":\"subscribe_success\",\"id\":\"s-1\"}"))
        .containsExactly(new Effect.Subscribed("s-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":1234} | 1234",
        "{\"type\":\"connection_ack\",\"payload\":{\"connectionTimeoutMs\":1234}} | 1234",
        "{\"type\":\"connection_ack\"} | 300000",
        "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":\"soon\"} | 300000"
      })
  void theSilenceLimitIsTheServicesOrADefault(String acknowledgement, long limit) {
    protocol.opened();
    assertThat(protocol.received(acknowledgement)).containsExactly(new Effect.Acknowledged(limit));
  }

  @Test
  void anEventComesAsTextOrAsTheGuideShowsItInAList() {
    subscribe();
    assertThat(protocol.received("{\"type\":\"data\",\"id\":\"s-1\",\"event\":\"{\\\"a\\\":1}\"}"))
        .containsExactly(new Effect.Event("s-1", "{\"a\":1}"));
    assertThat(protocol.received("{\"event\":[\"1\",\"2\"],\"id\":\"s-1\",\"type\":\"data\"}"))
        .containsExactly(new Effect.Event("s-1", "1"), new Effect.Event("s-1", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errorType\":\"UnauthorizedException\"}",
        "{\"errorType\":\"Unauthorized\"}",
        "{\"errorType\":\"NotAuthorizedException\"}",
        "{\"errorType\":\"Other\",\"errorCode\":401}"
      })
  void everySpellingOfUnauthorizedIsKnown(String error) {
    protocol.opened();
    assertThat(protocol.received("{\"type\":\"connection_error\",\"errors\":[" + error + "]}"))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Failed.class, failed -> assertThat(failed.unauthorized()).isTrue());
  }

  @Test
  void afterAFailureNothingCounts() {
    subscribe();
    protocol.received("{\"type\":\"error\",\"errors\":[]}");
    assertThat(protocol.received("{\"type\":\"data\",\"id\":\"s-1\",\"event\":\"1\"}")).isEmpty();
  }

  @Test
  void oneOfSeveralSubscriptionsIsRefusedAndTheOthersGoOn() {
    subscribe();
    ask("s-2");
    assertThat(
            protocol.received(
                "{\"type\":\"subscribe_error\",\"id\":\"s-2\",\"errors\":[{\"errorType\":\"X\"}]}"))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Refused.class, refused -> assertThat(refused.subscriptionId()).isEqualTo("s-2"));
    assertThat(protocol.received("{\"type\":\"data\",\"id\":\"s-1\",\"event\":\"1\"}"))
        .containsExactly(new Effect.Event("s-1", "1"));
  }

  @Test
  void eventsForAnAbandonedSubscriptionAreIgnoredSilently() {
    subscribe();
    assertThat(protocol.unsubscribe("s-1"))
        .containsExactly(new Effect.Send("{\"type\":\"unsubscribe\",\"id\":\"s-1\"}"));
    assertThat(protocol.received("{\"type\":\"data\",\"id\":\"s-1\",\"event\":\"1\"}")).isEmpty();
    assertThat(protocol.received("{\"type\":\"unsubscribe_success\",\"id\":\"s-1\"}")).isEmpty();
    assertThat(protocol.unsubscribe("s-1")).isEmpty();
  }

  @Test
  void aKeepAliveNeedsNothingDone() {
    subscribe();
    assertThat(protocol.received("{\"type\":\"ka\"}")).isEmpty();
  }
}
