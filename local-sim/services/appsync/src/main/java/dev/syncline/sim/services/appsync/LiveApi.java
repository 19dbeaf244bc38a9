// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.ChannelIndex;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.RateLimit;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A running API: the present snapshot of its configuration, its subscriptions and its connections.
 *
 * <p>Thread-safe. The snapshot is replaced by the store only, under its lock.
 */
final class LiveApi {
  /** AppSync meters in units of 5 kB. */
  static final int METERED_BYTES = 5_000;

  private final ChannelIndex<LiveSubscription> index = new ChannelIndex<>();
  private final Set<RealtimeConnection> connections = ConcurrentHashMap.newKeySet();
  private final EventsLimits limits;
  private final RateLimit connectionRate;
  private final RateLimit eventRate;
  private final RateLimit messageRate;
  private volatile ApiRecord stored;
  private volatile ApiConfig config;
  private volatile boolean deleted;

  LiveApi(ApiRecord stored, EventsLimits limits) {
    this.limits = limits;
    this.connectionRate = new RateLimit(limits.connectionsPerSecond());
    this.eventRate = new RateLimit(limits.eventsPerSecond());
    this.messageRate = new RateLimit(limits.outboundMessagesPerSecond());
    this.stored = stored;
    this.config = stored.config();
  }

  ApiRecord stored() {
    return stored;
  }

  ApiConfig config() {
    return config;
  }

  String id() {
    return stored.apiId();
  }

  ChannelIndex<LiveSubscription> index() {
    return index;
  }

  void replace(ApiRecord next) {
    stored = next;
    config = next.config();
  }

  /** Whether clients may use this host for the API. */
  boolean hasHost(String hostName) {
    ApiRecord present = stored;
    return present.httpHost().equals(hostName) || present.realtimeHost().equals(hostName);
  }

  /** Why no connection can be opened now; empty if it can, and then counts it. */
  Optional<Refusal> tooManyConnections(Instant now) {
    return connectionRate.take(now, 1)
        ? Optional.empty()
        : Optional.of(
            RateLimit.exceeded(
                "more than " + limits.connectionsPerSecond() + " connections a second to an API"));
  }

  /**
   * Why these events cannot be accepted now; empty if they can, and then counts them. The error
   * type of the refusal is inferred: over HTTP the control plane's, over the WebSocket the one that
   * AppSync's clients know.
   */
  Optional<Refusal> tooManyEvents(Instant now, Publication publication, Transport via) {
    int cost = publication.accepted().stream().mapToInt(LiveApi::metered).sum();
    if (eventRate.take(now, cost)) {
      return Optional.empty();
    }
    Refusal refusal =
        RateLimit.exceeded("more than " + limits.eventsPerSecond() + " events a second to an API");
    return Optional.of(
        switch (via) {
          case WEBSOCKET -> refusal;
          case HTTP ->
              new Refusal(429, "LimitExceededException", refusal.message(), refusal.reason());
        });
  }

  /** Whether the limit allows an event to that many subscribers now; if so, counts them. */
  boolean mayDeliver(Instant now, Publication.Accepted event, int subscribers) {
    return limits.outboundMessagesPerSecond() == 0
        || messageRate.take(now, metered(event) * subscribers);
  }

  private static int metered(Publication.Accepted event) {
    return Math.ceilDiv(Math.max(1, event.payload().length()), METERED_BYTES);
  }

  /** Registers a connection; closes it if the API has been deleted. */
  void connected(RealtimeConnection connection) {
    connections.add(connection);
    if (deleted) {
      connection.close("API deleted");
    }
  }

  void disconnected(RealtimeConnection connection) {
    connections.remove(connection);
  }

  void delete() {
    deleted = true;
    connections.forEach(connection -> connection.close("API deleted"));
  }
}
