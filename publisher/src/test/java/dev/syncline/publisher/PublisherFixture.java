// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.testing.ScriptedEventApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A publisher, the scripted API that it publishes to, and the pauses that it would make. */
abstract class PublisherFixture {
  static final String HOST = "example.appsync-api.eu-west-1.amazonaws.com";
  static final Channel CHANNEL = Channel.of("ns/env/exec-1");
  static final Duration BASE = Duration.ofMillis(100);
  static final Duration MAX = Duration.ofMillis(250);

  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  ScriptedEventApi api;

  @BeforeEach
  void start() throws IOException {
    api = new ScriptedEventApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  PublishException failure(String... events) {
    try (EventPublisher publisher = publisher()) {
      PublishException e =
          catchThrowableOfType(
              PublishException.class, () -> publisher.publish(CHANNEL, List.of(events)));
      assertThat(e).isNotNull();
      return e;
    }
  }

  EventPublisher publisher() {
    return publisher(1);
  }

  EventPublisher publisher(long seed) {
    return publisher(config(Authorization.apiKey("da2-key")), seed);
  }

  EventPublisher publisher(Authorization authorization) {
    return publisher(config(authorization), 1);
  }

  EventPublisher publisher(PublisherConfig config, long seed) {
    return new EventPublisher(config, pauses::add, new SplittableRandom(seed));
  }

  PublisherConfig config(Authorization authorization) {
    return PublisherConfig.of(EventsEndpoint.of(HOST).withOverride(api.address()), authorization)
        .withBackoff(BASE, MAX);
  }
}
