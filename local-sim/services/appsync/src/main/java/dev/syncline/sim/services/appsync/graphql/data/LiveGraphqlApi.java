// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.RateLimit;
import dev.syncline.sim.graphql.subscription.SubscriptionIndex;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The connections and subscriptions of a GraphQL API. Thread-safe. */
final class LiveGraphqlApi {
  private static final int MAX_CONNECTIONS_PER_SECOND = 2_000;

  private final String id;
  private final SubscriptionIndex<Function<JsonNode, ObjectNode>, GraphqlReceiver> index =
      new SubscriptionIndex<>();
  private final Set<GraphqlConnection> connections = ConcurrentHashMap.newKeySet();
  private final RateLimit connectionRate = new RateLimit(MAX_CONNECTIONS_PER_SECOND);
  private volatile boolean deleted;

  LiveGraphqlApi(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  SubscriptionIndex<Function<JsonNode, ObjectNode>, GraphqlReceiver> index() {
    return index;
  }

  /** Whether a connection can be opened now; if so, counts it. */
  boolean mayConnect(Instant now) {
    return connectionRate.take(now, 1);
  }

  /** Registers a connection; closes it if the API has been deleted. */
  void connected(GraphqlConnection connection) {
    connections.add(connection);
    if (deleted) {
      connection.close("API deleted");
    }
  }

  void disconnected(GraphqlConnection connection) {
    connections.remove(connection);
  }

  void delete() {
    deleted = true;
    connections.forEach(connection -> connection.close("API deleted"));
  }
}
