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
  private static final String DIMENSION = "GraphQLAPIId";

  /** Adds to a metric that counts. */
  void count(String apiId, Instant now, String metric, int value) {
    sink.get().value(now, NAMESPACE, metric, Map.of(DIMENSION, apiId), value, "Count");
  }

  /** A connection of a client has ended. */
  void disconnected(String apiId, Instant now, Duration lasted) {
    count(apiId, now, "DisconnectSuccess", 1);
    sink.get()
        .value(
            now,
            NAMESPACE,
            "ConnectionDuration",
            Map.of(DIMENSION, apiId),
            lasted.toMillis(),
            "Milliseconds");
  }

  /**
   * An event was delivered to some subscriptions. Counted once for all of them, so that the sum is
   * AWS's and the number of samples is not.
   */
  void delivered(String apiId, Instant now, int subscriptions, int bytes) {
    count(apiId, now, "PublishDataMessageSuccess", subscriptions);
    sink.get()
        .value(now, NAMESPACE, "PublishDataMessageSize", Map.of(DIMENSION, apiId), bytes, "Bytes");
  }

  /** A request was answered. */
  void answered(String apiId, Instant now, int status, Duration took, int tokens) {
    Map<String, String> dimensions = Map.of(DIMENSION, apiId);
    MetricSink metrics = sink.get();
    double millis = took.toNanos() / 1e6;
    metrics.value(now, NAMESPACE, "Latency", dimensions, millis, "Milliseconds");
    metrics.value(now, NAMESPACE, "Requests", dimensions, 1, "Count");
    metrics.value(now, NAMESPACE, "TokensConsumed", dimensions, tokens, "Count");
    metrics.value(now, NAMESPACE, "4XXError", dimensions, status / 100 == 4 ? 1 : 0, "Count");
    metrics.value(now, NAMESPACE, "5XXError", dimensions, status / 100 == 5 ? 1 : 0, "Count");
  }
}
