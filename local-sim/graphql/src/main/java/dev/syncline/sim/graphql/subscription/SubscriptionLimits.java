// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import java.time.Duration;

/**
 * The limits of a connection.
 *
 * @param subscriptions how many a connection may have
 * @param startsPerSecond 0 for any number
 * @param connectionTimeout how long clients wait for a keep-alive
 * @param idLength of an operation, in characters
 * @param dataLength of the request in a start, in characters
 * @param payloadBytes a larger event is not delivered
 */
public record SubscriptionLimits(
    int subscriptions,
    int startsPerSecond,
    Duration connectionTimeout,
    int idLength,
    int dataLength,
    int payloadBytes) {
  /**
   * AppSync's. The rate is inferred: clients met it when they started all at once, and its number
   * is not published.
   */
  public static final SubscriptionLimits AWS =
      new SubscriptionLimits(100, 200, Duration.ofMillis(300_000), 256, 1024 * 1024, 240 * 1024);
}
