// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.util.random.RandomGenerator;

/**
 * The pause before a reconnection: uniform between zero and a bound that doubles from {@value
 * #FIRST_MILLIS} ms to {@value #MAX_MILLIS} ms ("full jitter"), so that environments that lose
 * their connections at once do not reconnect at once. Not thread-safe.
 */
final class RetryPause {

  static final long FIRST_MILLIS = 100;
  static final long MAX_MILLIS = 5_000;

  private final RandomGenerator random;
  private int failures;

  RetryPause(RandomGenerator random) {
    this.random = random;
  }

  long nextMillis() {
    long bound = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures, 16));
    failures++;
    return random.nextLong(bound + 1);
  }

  void reset() {
    failures = 0;
  }
}
