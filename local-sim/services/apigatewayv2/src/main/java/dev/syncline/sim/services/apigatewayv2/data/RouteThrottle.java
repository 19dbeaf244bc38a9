// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;

/** The rate and burst of one route, in requests a second, on virtual time. Thread-safe. */
final class RouteThrottle {
  private final double rate;
  private final double burst;
  private double available;
  private long countedAt = Long.MIN_VALUE;

  private RouteThrottle(double rate, double burst) {
    this.rate = rate;
    this.burst = burst;
    this.available = burst;
  }

  /** The throttle of a route's settings, with those of the stage where the route has none. */
  static RouteThrottle of(JsonNode route, JsonNode stage) {
    return new RouteThrottle(
        setting(route, stage, "throttlingRateLimit"),
        setting(route, stage, "throttlingBurstLimit"));
  }

  private static double setting(JsonNode route, JsonNode stage, String member) {
    JsonNode value = route.has(member) ? route.get(member) : stage.path(member);
    return value.asDouble(Double.POSITIVE_INFINITY);
  }

  /** Whether a request at this time, in milliseconds, is within the rate. */
  synchronized boolean admits(long nowMillis) {
    if (Double.isInfinite(burst)) {
      return true;
    }
    if (countedAt != Long.MIN_VALUE) {
      double flown = Math.max(0, nowMillis - countedAt) / 1000.0;
      // Infinity times zero is not a number.
      available = Math.min(burst, available + (flown == 0 ? 0 : rate * flown));
    }
    countedAt = Math.max(countedAt, nowMillis);
    if (available < 1) {
      return false;
    }
    available--;
    return true;
  }
}
