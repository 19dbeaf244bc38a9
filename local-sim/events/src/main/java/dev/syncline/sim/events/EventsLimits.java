// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The quotas of Event APIs. Immutable. {@link #AWS} are the published values; all can be changed
 * here, also those that AWS does not adjust.
 *
 * <p>Rates allow bursts of what one second allows, on the simulator's clock; 0 means no limit.
 *
 * @param eventsPerPublish how many events one request may carry
 * @param eventBytes how large one event may be, in UTF-8
 * @param publishBytes how large the events of one request may be together, in UTF-8
 * @param subscribeBytes how large a subscribe frame may be, in UTF-8
 * @param subscriptionsPerConnection how many subscriptions one connection may hold
 * @param keepAlive the interval of {@code ka} frames
 * @param connectionTimeout the time without one after which a client should give up, as
 *     connection_ack states it
 * @param lifetime after how long a connection is closed
 * @param publishesPerSecond how many publish requests one connection may send per second
 * @param connectionsPerSecond how many connections may be opened to one API per second
 * @param eventsPerSecond how many events may be published to one API per second, over HTTP and
 *     WebSocket together; an event counts once for each started 5 kB
 * @param outboundMessagesPerSecond how many messages one API may deliver per second; a message
 *     counts once for each started 5 kB. Messages above the rate are lost
 * @param apis how many Event APIs there may be
 * @param namespacesPerApi how many channel namespaces one API may have
 * @param keysPerApi how many API keys one API may have
 * @param dataSourcesPerApi how many data sources one API may have
 * @param handlerCodeLength how many characters the code of a namespace may have
 * @param requestTime how long a function behind a handler may take
 * @param authorizerTime how long a Lambda authorizer may take
 * @param authorizerContextBytes the maximum size of the context in a Lambda authorizer's answer
 * @param behaviour the choices where AppSync's behaviour is not certain
 */
public record EventsLimits(
    int eventsPerPublish,
    int eventBytes,
    int publishBytes,
    int subscribeBytes,
    int subscriptionsPerConnection,
    Duration keepAlive,
    Duration connectionTimeout,
    Duration lifetime,
    int publishesPerSecond,
    int connectionsPerSecond,
    int eventsPerSecond,
    int outboundMessagesPerSecond,
    int apis,
    int namespacesPerApi,
    int keysPerApi,
    int dataSourcesPerApi,
    int handlerCodeLength,
    Duration requestTime,
    Duration authorizerTime,
    int authorizerContextBytes,
    EventsBehaviour behaviour) {
  private static final int CREDENTIAL_BYTES = 64 * 1024;

  /** As AWS's General Reference and the Event API guide give them. */
  public static final EventsLimits AWS =
      new EventsLimits(
          5,
          240 * 1024,
          5 * 240 * 1024,
          240 * 1024,
          200,
          Duration.ofSeconds(60),
          Duration.ofMillis(300_000),
          Duration.ofHours(24),
          25,
          2_000,
          10_000,
          1_000_000,
          50,
          50,
          50,
          100,
          32_768,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          5 * 1024 * 1024,
          EventsBehaviour.DEFAULT);

  /** The names that {@link #with(String, String)} takes, in the order of the components. */
  public static final List<String> NAMES =
      List.of(
          "events-per-publish",
          "event-bytes",
          "publish-bytes",
          "subscribe-bytes",
          "subscriptions-per-connection",
          "keep-alive",
          "connection-timeout",
          "lifetime",
          "publishes-per-second",
          "connections-per-second",
          "events-per-second",
          "outbound-messages-per-second",
          "apis",
          "namespaces-per-api",
          "keys-per-api",
          "data-sources-per-api",
          "handler-code-length",
          "request-time",
          "authorizer-time",
          "authorizer-context-bytes");

  /** Refuses invalid values, naming the limit. */
  public EventsLimits {
    requireAtLeast(1, "events-per-publish", eventsPerPublish);
    requireAtLeast(1, "event-bytes", eventBytes);
    requireAtLeast(1, "publish-bytes", publishBytes);
    requireAtLeast(1, "subscribe-bytes", subscribeBytes);
    requireAtLeast(1, "subscriptions-per-connection", subscriptionsPerConnection);
    requirePositive("keep-alive", keepAlive);
    requirePositive("connection-timeout", connectionTimeout);
    requirePositive("lifetime", lifetime);
    requireAtLeast(0, "publishes-per-second", publishesPerSecond);
    requireAtLeast(0, "connections-per-second", connectionsPerSecond);
    requireAtLeast(0, "events-per-second", eventsPerSecond);
    requireAtLeast(0, "outbound-messages-per-second", outboundMessagesPerSecond);
    requireAtLeast(1, "apis", apis);
    requireAtLeast(1, "namespaces-per-api", namespacesPerApi);
    requireAtLeast(1, "keys-per-api", keysPerApi);
    requireAtLeast(1, "data-sources-per-api", dataSourcesPerApi);
    requireAtLeast(1, "handler-code-length", handlerCodeLength);
    requirePositive("request-time", requestTime);
    requirePositive("authorizer-time", authorizerTime);
    requireAtLeast(1, "authorizer-context-bytes", authorizerContextBytes);
  }

  /**
   * The maximum size of a frame in bytes: as a JSON string an event is up to three times as long
   * (an é as a backslash, u and four digits), and the frame also has a credential.
   */
  public int frameBytes() {
    long most = Math.max(3L * publishBytes, subscribeBytes) + CREDENTIAL_BYTES;
    return (int) Math.min(most, Integer.MAX_VALUE);
  }

  /**
   * The same with these limits changed, by name.
   *
   * @throws IllegalArgumentException as {@link #with(String, String)} does
   */
  public EventsLimits with(Map<String, String> changes) {
    EventsLimits changed = this;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      changed = changed.with(change.getKey(), change.getValue());
    }
    return changed;
  }

  /**
   * The same with one limit or one {@link EventsBehaviour} changed.
   *
   * @param name one of {@link #NAMES} or of {@link EventsBehaviour#NAMES}
   * @param value a whole number; for times a number with a unit, such as {@code 90s}, {@code 24h};
   *     for a behaviour one of its answers
   * @throws IllegalArgumentException that names the limit, for another name or value
   */
  public EventsLimits with(String name, String value) {
    int index = NAMES.indexOf(name);
    boolean ofBehaviour = EventsBehaviour.NAMES.contains(name);
    if (index < 0 && !ofBehaviour) {
      throw new IllegalArgumentException(
          "there is no limit '"
              + name
              + "', only "
              + String.join(", ", NAMES)
              + ", and the behaviours "
              + String.join(", ", EventsBehaviour.NAMES));
    }
    var read =
        new Object() {
          int number(int at, int present) {
            return at == index ? EventsLimits.number(name, value) : present;
          }

          Duration time(int at, Duration present) {
            return at == index ? EventsLimits.time(name, value) : present;
          }
        };
    return new EventsLimits(
        read.number(0, eventsPerPublish),
        read.number(1, eventBytes),
        read.number(2, publishBytes),
        read.number(3, subscribeBytes),
        read.number(4, subscriptionsPerConnection),
        read.time(5, keepAlive),
        read.time(6, connectionTimeout),
        read.time(7, lifetime),
        read.number(8, publishesPerSecond),
        read.number(9, connectionsPerSecond),
        read.number(10, eventsPerSecond),
        read.number(11, outboundMessagesPerSecond),
        read.number(12, apis),
        read.number(13, namespacesPerApi),
        read.number(14, keysPerApi),
        read.number(15, dataSourcesPerApi),
        read.number(16, handlerCodeLength),
        read.time(17, requestTime),
        read.time(18, authorizerTime),
        read.number(19, authorizerContextBytes),
        ofBehaviour ? behaviour.with(name, value) : behaviour);
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(name + " must be a whole number, got '" + value + "'");
    }
  }

  private static Duration time(String name, String value) {
    try {
      return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException notATime) {
      throw new IllegalArgumentException(
          name + " must be a time such as 90s, 5m or 24h, got '" + value + "'");
    }
  }

  private static void requireAtLeast(int least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, got " + value);
    }
  }
}
