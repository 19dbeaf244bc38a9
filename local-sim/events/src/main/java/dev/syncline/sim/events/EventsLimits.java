// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Duration;

/**
 * The quotas of the data plane. Immutable. {@link #AWS} are the published values.
 *
 * @param eventsPerPublish how many events one request may carry
 * @param eventBytes how large one event may be, in UTF-8
 * @param publishBytes how large the events of one request may be together, in UTF-8
 * @param subscribeBytes how large a subscribe frame may be, in UTF-8
 * @param subscriptionsPerConnection how many subscriptions one connection may hold
 * @param keepAlive how often a connection hears {@code ka}
 * @param connectionTimeout after how long without one a client should give up, as told to it
 * @param lifetime after how long a connection is closed
 */
public record EventsLimits(
    int eventsPerPublish,
    int eventBytes,
    int publishBytes,
    int subscribeBytes,
    int subscriptionsPerConnection,
    Duration keepAlive,
    Duration connectionTimeout,
    Duration lifetime) {
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
          Duration.ofHours(24));

  /** Refuses what cannot work, naming the limit. */
  public EventsLimits {
    requirePositive("eventsPerPublish", eventsPerPublish);
    requirePositive("eventBytes", eventBytes);
    requirePositive("publishBytes", publishBytes);
    requirePositive("subscribeBytes", subscribeBytes);
    requirePositive("subscriptionsPerConnection", subscriptionsPerConnection);
    requirePositive("keepAlive", keepAlive.toMillis());
    requirePositive("connectionTimeout", connectionTimeout.toMillis());
    requirePositive("lifetime", lifetime.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be greater than 0, got " + value);
    }
  }
}
