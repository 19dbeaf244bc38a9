// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.ChannelPattern;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.JournalRecord;
import org.jspecify.annotations.Nullable;

/**
 * Journal events of AppSync Events. They never contain credentials or the content of events. The
 * correlation id comes from the channel; see {@link Correlation}.
 */
public sealed interface AppSyncJournal extends JournalRecord {

  @Override
  default String source() {
    return "appsync";
  }

  /** A journal event about one channel. */
  sealed interface OnChannel extends AppSyncJournal {
    /** The channel. */
    EventChannel channel();

    @Override
    default @Nullable String correlationId() {
      return Correlation.of(channel());
    }
  }

  /** The start or the end of a subscription. */
  sealed interface OfSubscription extends AppSyncJournal {
    /** The channel or channels that the subscription is for. */
    ChannelPattern pattern();

    @Override
    default @Nullable String correlationId() {
      return pattern().wildcard() ? null : Correlation.of(pattern().base());
    }
  }

  /** A realtime connection was opened. */
  record ConnectionOpened(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("remote") String remoteAddress)
      implements AppSyncJournal {}

  /** A realtime connection was refused; {@code apiId} is empty when no API was found. */
  record ConnectionRefused(
      @Detail("api") String apiId,
      @Detail("remote") String remoteAddress,
      String error,
      String reason)
      implements AppSyncJournal {
    ConnectionRefused(String apiId, String remoteAddress, Refusal refusal) {
      this(apiId, remoteAddress, refusal.errorType(), refusal.reason());
    }
  }

  /** A realtime connection was closed while it had this number of subscriptions. */
  record ConnectionClosed(
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      int code,
      String reason,
      int subscriptions)
      implements AppSyncJournal {}

  /** A subscription was established; it receives all later events. */
  record Subscribed(
      @Detail("channel") ChannelPattern pattern,
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId)
      implements OfSubscription {}

  /** A client ended its subscription. */
  record Unsubscribed(
      @Detail("channel") ChannelPattern pattern,
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId)
      implements OfSubscription {}

  /** A publish request was carried out. */
  record Published(
      EventChannel channel,
      @Detail("api") String apiId,
      String via,
      int successful,
      int failed,
      int subscribers)
      implements OnChannel {}

  /** An event was put into the mailbox of a subscription's connection. */
  record Delivered(
      EventChannel channel,
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      @Detail("event") String eventId)
      implements OnChannel {}

  /** An event was not delivered: the connection is closed or its mailbox is full. */
  record Undelivered(
      EventChannel channel,
      @Detail("api") String apiId,
      @Detail("connection") String connectionId,
      @Detail("subscription") String subscriptionId,
      @Detail("event") String eventId)
      implements OnChannel {}

  /**
   * An event was delivered to many subscriptions. One entry replaces one entry for each
   * subscription, because those would push all other entries out of the journal. The first failed
   * deliveries also have an {@link Undelivered} each.
   */
  record DeliveredToMany(
      EventChannel channel,
      @Detail("api") String apiId,
      int deliveries,
      int undelivered,
      @Detail("event") String eventId)
      implements OnChannel {}

  /** An event was lost because its API exceeded its limit of outbound messages a second. */
  record Throttled(
      EventChannel channel,
      @Detail("api") String apiId,
      int subscribers,
      @Detail("event") String eventId)
      implements OnChannel {}

  /**
   * A request was refused.
   *
   * @param channel as the client sent it, shortened; empty when the request had none
   * @param operation {@code publish}, {@code subscribe}, {@code unsubscribe}, or {@code message}
   *     for a frame of another type
   * @param via the transport's label
   */
  record Refused(
      String channel,
      @Detail("api") String apiId,
      String operation,
      String via,
      String error,
      String reason)
      implements AppSyncJournal {
    Refused(String channel, String apiId, String operation, Transport via, Refusal refusal) {
      this(channel, apiId, operation, via.label(), refusal.errorType(), refusal.reason());
    }
  }
}
