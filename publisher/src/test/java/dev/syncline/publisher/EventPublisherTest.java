// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static dev.syncline.testing.ScriptedEventApi.accept;
import static dev.syncline.testing.ScriptedEventApi.failing;
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
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPublisherTest {
  private static final String HOST = "example.appsync-api.eu-west-1.amazonaws.com";
  private static final Channel CHANNEL = Channel.of("ns/env/exec-1");
  private static final Duration BASE = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofMillis(250);

  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private ScriptedEventApi api;

  @BeforeEach
  void start() throws IOException {
    api = new ScriptedEventApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

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
  void aRefusalWithoutAMessageIsNamedAllTheSame() {
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
  void anAddressWhereNobodyListensFailsNamingIt() throws IOException {
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

  private PublishException failure(String... events) {
    try (EventPublisher publisher = publisher()) {
      PublishException e =
          catchThrowableOfType(
              PublishException.class, () -> publisher.publish(CHANNEL, List.of(events)));
      assertThat(e).isNotNull();
      return e;
    }
  }

  private EventPublisher publisher() {
    return publisher(1);
  }

  private EventPublisher publisher(long seed) {
    return publisher(config(Authorization.apiKey("da2-key")), seed);
  }

  private EventPublisher publisher(Authorization authorization) {
    return publisher(config(authorization), 1);
  }

  private EventPublisher publisher(PublisherConfig config, long seed) {
    return new EventPublisher(config, pauses::add, new SplittableRandom(seed));
  }

  private PublisherConfig config(Authorization authorization) {
    return PublisherConfig.of(EventsEndpoint.of(HOST).withOverride(api.address()), authorization)
        .withBackoff(BASE, MAX);
  }
}
