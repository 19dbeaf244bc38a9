// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.kernel.JournalRecord;

/**
 * Journal events of subscriptions of GraphQL APIs. They never contain credentials, documents or
 * results.
 */
public sealed interface GraphqlRealtimeJournal extends JournalRecord {
  @Override
  default String source() {
    return "appsync";
  }

  /** A connection was opened. */
  record GraphqlConnectionOpened(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("remote") String remoteAddress)
      implements GraphqlRealtimeJournal {}

  /** A connection was refused; {@code apiId} is empty when no API was found. */
  record GraphqlConnectionRefused(
      @Detail("api") String apiId,
      @Detail("remote") String remoteAddress,
      String error,
      String reason)
      implements GraphqlRealtimeJournal {}

  /** A connection was closed while it had this number of subscriptions. */
  record GraphqlConnectionClosed(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      int code,
      String reason,
      int subscriptions)
      implements GraphqlRealtimeJournal {}

  /** A frame was refused. {@code operation} is start, stop, or message for any other frame. */
  record GraphqlFrameRefused(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      String operation,
      String error,
      String reason)
      implements GraphqlRealtimeJournal {}

  /** A subscription was established; it receives all later events. */
  record GraphqlSubscribed(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      String field)
      implements GraphqlRealtimeJournal {}

  /** A subscription ended while its connection stays. */
  record GraphqlUnsubscribed(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      String field)
      implements GraphqlRealtimeJournal {}

  /** A mutation had this number of subscriptions that match. */
  record GraphqlTriggered(@Detail("api") String apiId, String mutation, int subscribers)
      implements GraphqlRealtimeJournal {}

  /** An event was put into the mailbox of a subscription's connection. */
  record GraphqlDelivered(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      String field)
      implements GraphqlRealtimeJournal {}

  /** An event was not delivered: the connection is closed or its mailbox is full. */
  record GraphqlUndelivered(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      String field)
      implements GraphqlRealtimeJournal {}

  /** An event was delivered to many subscriptions: one entry in place of one for each. */
  record GraphqlDeliveredToMany(
      @Detail("api") String apiId, String field, int deliveries, int undelivered)
      implements GraphqlRealtimeJournal {}

  /** An event was too large for AppSync, which delivers it to no subscription. */
  record GraphqlEventTooLarge(@Detail("api") String apiId, String field, int bytes, int subscribers)
      implements GraphqlRealtimeJournal {}

  /** A mutation ended this number of subscriptions. */
  record GraphqlInvalidated(@Detail("api") String apiId, String field, int subscriptions)
      implements GraphqlRealtimeJournal {}
}
