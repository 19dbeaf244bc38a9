// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.subscription.GraphqlFrames;
import dev.syncline.sim.graphql.subscription.SubscriptionTerms;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.realtime.DeliveryState;
import dev.syncline.sim.services.appsync.realtime.Receiver;

/** A subscription to a GraphQL field, on its connection. Thread-safe. */
final class GraphqlReceiver extends Receiver {
  private final String id;
  private final SubscriptionTerms terms;
  private final GraphqlConnection connection;

  GraphqlReceiver(
      String id,
      SubscriptionTerms terms,
      GraphqlConnection connection,
      String connectionId,
      WebSocketPeer peer,
      DeliveryState delivery) {
    super(GraphqlFrames.dataHead(id), connectionId, peer, delivery);
    this.id = id;
    this.terms = terms;
    this.connection = connection;
  }

  @Override
  public String id() {
    return id;
  }

  SubscriptionTerms terms() {
    return terms;
  }

  /** Ends the subscription from the service's side. */
  void complete() {
    connection.complete(this);
  }
}
