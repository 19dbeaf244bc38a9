// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.time.Duration;

/**
 * The configuration of an {@link EventPublisher}. Immutable; start with {@link #of(EventsEndpoint,
 * Authorization)} and change single values.
 *
 * <p>The maximum time of a publish of up to five events is about {@code maxAttempts} times the sum
 * of both time-outs, plus a {@code maxBackoff} between attempts.
 *
 * @param endpoint the API
 * @param authorization the credentials
 * @param maxAttempts the maximum number of attempts of one request, including the first: 1 to 20;
 *     default 4
 * @param baseBackoff the upper bound of the pause before the second attempt, which doubles for each
 *     further one: not negative; default 100 ms
 * @param maxBackoff the maximum bound: not below {@code baseBackoff}; default 2 s
 * @param connectTimeout the maximum wait for a connection: 1 ms to 1 min; default 2 s
 * @param responseTimeout the maximum wait for each part of the response: 1 ms to 1 min; default 5 s
 * @param maxConnections the maximum number of open connections: 1 to 1,000; default 16
 */
public record PublisherConfig(
    EventsEndpoint endpoint,
    Authorization authorization,
    int maxAttempts,
    Duration baseBackoff,
    Duration maxBackoff,
    Duration connectTimeout,
    Duration responseTimeout,
    int maxConnections) {

  /** Validates every value; the exception's message names it and its range. */
  public PublisherConfig {
    requireRange("maxAttempts", maxAttempts, 1, 20);
    requireRange("maxConnections", maxConnections, 1, 1_000);
    requireTimeout("connectTimeout", connectTimeout);
    requireTimeout("responseTimeout", responseTimeout);
    if (baseBackoff.isNegative()) {
      throw new IllegalArgumentException("baseBackoff must not be negative, but is " + baseBackoff);
    }
    if (maxBackoff.compareTo(baseBackoff) < 0) {
      throw new IllegalArgumentException(
          "maxBackoff must not be below baseBackoff (" + baseBackoff + "), but is " + maxBackoff);
    }
  }

  /** The given API and credentials, with the defaults. */
  public static PublisherConfig of(EventsEndpoint endpoint, Authorization authorization) {
    return new PublisherConfig(
        endpoint,
        authorization,
        4,
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        16);
  }

  /** A copy with another number of attempts. */
  public PublisherConfig withMaxAttempts(int attempts) {
    return with(attempts, baseBackoff, maxBackoff, connectTimeout, responseTimeout, maxConnections);
  }

  /** A copy with other bounds of the pause between attempts. */
  public PublisherConfig withBackoff(Duration base, Duration max) {
    return with(maxAttempts, base, max, connectTimeout, responseTimeout, maxConnections);
  }

  /** A copy with other time-outs. */
  public PublisherConfig withTimeouts(Duration connect, Duration response) {
    return with(maxAttempts, baseBackoff, maxBackoff, connect, response, maxConnections);
  }

  /** A copy with another number of connections. */
  public PublisherConfig withMaxConnections(int connections) {
    return with(maxAttempts, baseBackoff, maxBackoff, connectTimeout, responseTimeout, connections);
  }

  private PublisherConfig with(
      int attempts, Duration base, Duration max, Duration connect, Duration response, int limit) {
    return new PublisherConfig(
        endpoint, authorization, attempts, base, max, connect, response, limit);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", but is " + value);
    }
  }

  private static void requireTimeout(String name, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(name + " must be 1 ms to 1 min, but is " + value);
    }
  }
}
