// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static dev.syncline.testing.ScriptedEventApi.hangUp;
import static dev.syncline.testing.ScriptedEventApi.hangUpMidway;
import static dev.syncline.testing.ScriptedEventApi.refuse;
import static dev.syncline.testing.ScriptedEventApi.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.publisher.PublishException.Reason;
import dev.syncline.testing.ScriptedEventApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retries of the publisher: throttling, server errors, expired keys and broken connections. */
class PublishRetryTest extends PublisherFixture {
  @Test
  void throttlingAndServerErrorsAreRetriedUntilTheServiceAccepts() {
    api.then(refuse(429, "LimitExceeded", "slow down"), reply(500, ""), reply(503, "<html>"));
    try (EventPublisher publisher = publisher()) {
      assertThat(publisher.publish(CHANNEL, "1").requests()).isEqualTo(4);
    }
    assertThat(api.received())
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.events()).containsExactly("1"));
    assertThat(pauses).hasSize(3);
  }

  @Test
  void thePausesAreRandomBelowABoundThatDoubles() {
    List<Duration> all = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      pauses.clear();
      api.then(reply(500, ""), reply(500, ""), reply(500, ""));
      try (EventPublisher publisher = publisher(seed)) {
        publisher.publish(CHANNEL, "1");
      }
      assertThat(pauses.get(0)).isBetween(Duration.ZERO, BASE);
      assertThat(pauses.get(1)).isBetween(Duration.ZERO, BASE.multipliedBy(2));
      assertThat(pauses.get(2)).isBetween(Duration.ZERO, MAX);
      all.addAll(pauses);
    }
    assertThat(all).anySatisfy(p -> assertThat(p).isGreaterThan(BASE.multipliedBy(2)));
    assertThat(all).anySatisfy(p -> assertThat(p).isLessThan(Duration.ofMillis(50)));
    assertThat(all.stream().distinct().count()).isGreaterThan(30);
  }

  @Test
  void throttlingWithoutEndFailsSayingSo() {
    for (int i = 0; i < 4; i++) {
      api.then(refuse(429, "LimitExceeded", "slow down"));
    }
    PublishException e = failure("1", "2");

    assertThat(e.reason()).isEqualTo(Reason.THROTTLED);
    assertThat(e.status()).hasValue(429);
    assertThat(e.errorType()).isEqualTo("LimitExceeded");
    assertThat(e.unsent()).containsExactly(0, 1);
    assertThat(e)
        .hasMessage(
            "Publishing to /ns/env/exec-1 failed after 4 attempts: the service answered 429"
                + " LimitExceeded: slow down");
    assertThat(api.received()).hasSize(4);
  }

  @Test
  void serverErrorsWithoutEndFailSayingSo() {
    for (int i = 0; i < 4; i++) {
      api.then(reply(502, "<html>bad gateway</html>"));
    }
    PublishException e = failure("1");

    assertThat(e.reason()).isEqualTo(Reason.SERVER_ERROR);
    assertThat(e.status()).hasValue(502);
    assertThat(e.errorType()).isEqualTo("HTTP 502");
    assertThat(api.received()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequestException, REFUSED",
    "401, UnauthorizedException, REFUSED",
    "403, UnauthorizedException, REFUSED",
    "404, NotFound, REFUSED",
    "302, Moved, NOT_UNDERSTOOD",
  })
  void aRefusalIsNeverRetried(int status, String type, Reason reason) {
    api.then(refuse(status, type, "no"));

    PublishException e = failure("1");

    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.status()).hasValue(status);
    assertThat(e.errorType()).isEqualTo(type);
    assertThat(e).hasMessageContaining("after 1 attempt: ").hasMessageNotContaining("da2-key");
    assertThat(api.received()).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRefusalWithoutAMessageIsNamedToo() {
    api.then(reply(403, "{\"errors\":[{\"errorType\":\"UnauthorizedException\"}]}"));

    assertThat(failure("1")).hasMessageEndingWith("answered 403 UnauthorizedException");
  }

  @Test
  void anExpiredKeyIsReplacedOnceWithoutAPause() {
    api.then(refuse(401, "UnauthorizedException", "expired"));
    AtomicInteger keys = new AtomicInteger();
    Authorization authorization =
        Authorization.apiKey(ApiKeySource.cached(() -> "da2-" + keys.incrementAndGet()));
    try (EventPublisher publisher = publisher(authorization)) {
      assertThat(publisher.publish(CHANNEL, "1").requests()).isEqualTo(2);
      publisher.publish(CHANNEL, "2");
    }
    assertThat(api.received())
        .extracting(ScriptedEventApi.Received::apiKey)
        .containsExactly("da2-1", "da2-2", "da2-2");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aSecondRefusalOfAnotherKeyIsFinal() {
    api.then(
        refuse(401, "UnauthorizedException", "expired"),
        refuse(401, "UnauthorizedException", "still not"));
    AtomicInteger keys = new AtomicInteger();
    Authorization authorization =
        Authorization.apiKey(ApiKeySource.cached(() -> "da2-" + keys.incrementAndGet()));
    try (EventPublisher publisher = publisher(authorization)) {
      assertThatThrownBy(() -> publisher.publish(CHANNEL, "1"))
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("still not");
    }
    assertThat(api.received()).hasSize(2);
  }

  @Test
  void brokenConnectionsAreRetried() {
    api.then(hangUp(), hangUpMidway());
    try (EventPublisher publisher = publisher()) {
      assertThat(publisher.publish(CHANNEL, "1").requests()).isEqualTo(3);
    }
    assertThat(api.received()).hasSize(3);
  }

  @Test
  void aSilentServiceIsGivenUpOn() {
    api.then(api.silence(), api.silence());
    PublisherConfig config =
        config(Authorization.apiKey("da2-key"))
            .withMaxAttempts(2)
            .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50));
    try (EventPublisher publisher = publisher(config, 1)) {
      PublishException e =
          catchThrowableOfType(PublishException.class, () -> publisher.publish(CHANNEL, "1"));

      assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(e.errorType()).isEqualTo("SocketTimeoutException");
      assertThat(e.status()).isEmpty();
      assertThat(e.unsent()).containsExactly(0);
    }
    assertThat(api.received()).hasSize(2);
  }

  @Test
  void anAddressWithoutAListenerFailsAndIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PublisherConfig config =
        PublisherConfig.of(
                EventsEndpoint.of(HOST).withOverride(URI.create("http://127.0.0.1:" + port)),
                Authorization.apiKey("da2-key"))
            .withMaxAttempts(2);
    try (EventPublisher publisher = publisher(config, 1)) {
      assertThatThrownBy(() -> publisher.publish(CHANNEL, "1"))
          .isInstanceOf(PublishException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasCauseInstanceOf(IOException.class);
    }
    assertThat(pauses).hasSize(1);
  }

  @Test
  void anInterruptEndsThePausesAndIsKept() {
    api.then(reply(500, ""));
    try (EventPublisher publisher =
        new EventPublisher(
            config(Authorization.apiKey("da2-key")),
            duration -> {
              throw new InterruptedException();
            },
            new SplittableRandom(1))) {
      PublishException e =
          catchThrowableOfType(PublishException.class, () -> publisher.publish(CHANNEL, "1"));

      assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(api.received()).hasSize(1);
  }
}
