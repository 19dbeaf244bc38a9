// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import dev.syncline.work.Randomness;
import dev.syncline.work.Sleeper;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Publishes events to AppSync Events over HTTP.
 *
 * <p>An event is a text that holds one JSON value of at most {@value #MAX_EVENT_BYTES} bytes of
 * UTF-8. A request takes up to {@value #MAX_EVENTS_PER_REQUEST} events; longer lists are sent as
 * several requests, one after the other. The limits are those of the AWS General Reference.
 *
 * <p>A request is repeated after 429, 5xx and I/O errors, with a random pause between zero and a
 * bound that doubles ("full jitter"), and never after 400 or 403. After 401 it is repeated once,
 * and only if the authorization has another credential to try. When an answer lists events under
 * {@code failed}, only those are sent again. A request whose answer was lost is repeated too, so
 * <b>an event can arrive more than once</b>: subscribers deduplicate by an id in the event.
 *
 * <p>Thread-safe: one publisher serves the whole program. Calls block the calling thread, which may
 * be virtual.
 */
public final class EventPublisher implements AutoCloseable {
  /** The service's limit of events in a request. */
  public static final int MAX_EVENTS_PER_REQUEST = 5;

  /** The service's limit of an event: 240 KB of UTF-8. */
  public static final int MAX_EVENT_BYTES = 240 * 1024;

  /** The service's limit of a request: 1.2 MB, that is five of the largest events. */
  public static final int MAX_REQUEST_BYTES = MAX_EVENTS_PER_REQUEST * MAX_EVENT_BYTES;

  private final PublisherConfig config;
  private final Backoff backoff;
  private final PublishTransport transport;

  /** A publisher in real time with real randomness. */
  public EventPublisher(PublisherConfig config) {
    this(config, Sleeper.real(), Randomness.real());
  }

  /**
   * A publisher with the given sleeper and randomness.
   *
   * @param random must be thread-safe if the publisher is used by several threads
   */
  public EventPublisher(PublisherConfig config, Sleeper sleeper, RandomGenerator random) {
    this.config = config;
    this.backoff =
        new Backoff(
            config.maxAttempts(), config.baseBackoff(), config.maxBackoff(), sleeper, random);
    this.transport = new PublishTransport(config);
  }

  /** Publishes one event; see {@link #publish(Channel, List)}. */
  public PublishResult publish(Channel channel, String event) {
    return publish(channel, List.of(event));
  }

  /**
   * Publishes events, and returns when the service has accepted every one.
   *
   * @param events JSON texts, at least one
   * @throws EventTooLargeException if one is too large; nothing was sent
   * @throws IllegalArgumentException if one is not JSON, the list is empty, or the channel is a
   *     wildcard; nothing was sent
   * @throws PublishException if not every event was accepted; it lists those that were
   */
  public PublishResult publish(Channel channel, List<String> events) {
    if (channel.isWildcard()) {
      throw new IllegalArgumentException(
          "Events are published to one channel, not to " + channel.path());
    }
    if (events.isEmpty()) {
      throw new IllegalArgumentException("No event to publish to  " + channel.path());
    }
    List<EncodedEvent> encoded = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      encoded.add(EncodedEvent.of(i, events.get(i)));
    }
    return new PublishCall(channel, encoded, config.authorization(), transport, backoff).run();
  }

  /** Closes idle connections, and the others after their response. */
  @Override
  public void close() {
    transport.close();
  }
}
