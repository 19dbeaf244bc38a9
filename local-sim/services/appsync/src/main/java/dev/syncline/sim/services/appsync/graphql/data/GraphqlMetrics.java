// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.service.contract.MetricSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Metrics of GraphQL APIs in {@code AWS/AppSync}, with the dimension {@code GraphQLAPIId}. Source:
 * the guide's page on monitoring. Errors count only requests that failed as a whole: an error of a
 * field is answered with status 200. Thread-safe.
 */
record GraphqlMetrics(Supplier<MetricSink> sink) {
  private static final String NAMESPACE = "AWS/AppSync";

  /** A request was answered. */
  void answered(String apiId, Instant now, int status, Duration took, int tokens) {
    Map<String, String> dimensions = Map.of("GraphQLAPIId", apiId);
    MetricSink metrics = sink.get();
    double millis = took.toNanos() / 1e6;
    metrics.value(now, NAMESPACE, "Latency", dimensions, millis, "Milliseconds");
    metrics.value(now, NAMESPACE, "Requests", dimensions, 1, "Count");
    metrics.value(now, NAMESPACE, "TokensConsumed", dimensions, tokens, "Count");
    metrics.value(now, NAMESPACE, "4XXError", dimensions, status / 100 == 4 ? 1 : 0, "Count");
    metrics.value(now, NAMESPACE, "5XXError", dimensions, status / 100 == 5 ? 1 : 0, "Count");
  }
}
