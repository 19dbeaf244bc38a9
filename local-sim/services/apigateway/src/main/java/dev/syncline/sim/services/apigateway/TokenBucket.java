// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

/** A token bucket on virtual time. Thread-safe. */
final class TokenBucket {
  private final double perMilli;
  private final double capacity;
  private double tokens;
  private long filledMillis;

  /**
   * A full bucket.
   *
   * @param perSecond how many tokens flow in each second
   * @param capacity how many it holds
   */
  TokenBucket(double perSecond, double capacity, long nowMillis) {
    this.perMilli = perSecond / 1000;
    this.capacity = capacity;
    this.tokens = capacity;
    this.filledMillis = nowMillis;
  }

  /** Takes a token, if there is one. */
  synchronized boolean take(long nowMillis) {
    tokens = Math.min(capacity, tokens + Math.max(0, nowMillis - filledMillis) * perMilli);
    filledMillis = Math.max(filledMillis, nowMillis);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
