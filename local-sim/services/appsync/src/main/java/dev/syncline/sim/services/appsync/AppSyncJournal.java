// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.ChannelPattern;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.JournalEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AppSync Events puts into the journal; {@link #type} is {@code appsync.} and the record's
 * name. No event holds a credential or an event's content.
 */
public sealed interface AppSyncJournal extends JournalEvent {

  @Override
  default String type() {
    return "appsync." + getClass().getSimpleName();
  }

  /** What happened on one channel. */
  sealed interface OnChannel extends AppSyncJournal {
    EventChannel channel();

    @Override
    default @Nullable String correlationId() {
      return Correlation.of(channel());
    }
  }

  /** What became of one event on its way to one subscription. */
  sealed interface OfDelivery extends OnChannel {
    String apiId();

    String connectionId();

    String subscriptionId();

    String eventId();

    @Override
    default Map<String, String> details() {
      return ordered(
          "channel",
          channel().path(),
          "api",
          apiId(),
          "connection",
          connectionId(),
          "subscription",
          subscriptionId(),
          "event",
          eventId());
    }
  }

  /** The beginning or the end of a subscription. */
  sealed interface OfSubscription extends AppSyncJournal {
    String apiId();

    String connectionId();

    String subscriptionId();

    ChannelPattern pattern();

    @Override
    default @Nullable String correlationId() {
      return pattern().wildcard() ? null : Correlation.of(pattern().base());
    }

    @Override
    default Map<String, String> details() {
      return ordered(
          "channel",
          pattern().toString(),
          "api",
          apiId(),
          "connection",
          connectionId(),
          "subscription",
          subscriptionId());
    }
  }

  /** A realtime connection was opened. */
  record ConnectionOpened(String apiId, String connectionId, String remoteAddress)
      implements AppSyncJournal {
    @Override
    public Map<String, String> details() {
      return ordered("api", apiId, "connection", connectionId, "remote", remoteAddress);
    }
  }

  /** A realtime connection was refused; {@code apiId} is empty when no API was found. */
  record ConnectionRefused(String apiId, String remoteAddress, Refusal refusal)
      implements AppSyncJournal {
    @Override
    public Map<String, String> details() {
      return ordered(
          "api",
          apiId,
          "remote",
          remoteAddress,
          "error",
          refusal.errorType(),
          "reason",
          refusal.reason());
    }
  }

  /** A realtime connection ended, with the subscriptions it still had. */
  record ConnectionClosed(
      String apiId, String connectionId, int code, String reason, int subscriptions)
      implements AppSyncJournal {
    @Override
    public Map<String, String> details() {
      return ordered(
          "api",
          apiId,
          "connection",
          connectionId,
          "code",
          String.valueOf(code),
          "reason",
          reason,
          "subscriptions",
          String.valueOf(subscriptions));
    }
  }

  /** A subscription began; from here on it receives. */
  record Subscribed(
      String apiId, String connectionId, String subscriptionId, ChannelPattern pattern)
      implements OfSubscription {}

  /** A subscription was ended by its client. */
  record Unsubscribed(
      String apiId, String connectionId, String subscriptionId, ChannelPattern pattern)
      implements OfSubscription {}

  /** A publish request was carried out. */
  record Published(
      String apiId,
      EventChannel channel,
      Transport via,
      int successful,
      int failed,
      int subscribers)
      implements OnChannel {
    @Override
    public Map<String, String> details() {
      return ordered(
          "channel",
          channel.path(),
          "api",
          apiId,
          "via",
          via.label(),
          "successful",
          String.valueOf(successful),
          "failed",
          String.valueOf(failed),
          "subscribers",
          String.valueOf(subscribers));
    }
  }

  /** An event went to a subscription: it is in its connection's mailbox. */
  record Delivered(
      String apiId,
      EventChannel channel,
      String connectionId,
      String subscriptionId,
      String eventId)
      implements OfDelivery {}

  /** An event did not go to a subscription: its connection is gone or its mailbox full. */
  record Undelivered(
      String apiId,
      EventChannel channel,
      String connectionId,
      String subscriptionId,
      String eventId)
      implements OfDelivery {}

  /**
   * An event went to many subscriptions at once: one entry in place of one each, which would push
   * everything else out of the journal. Of those that it did not go to the first few have an {@link
   * Undelivered} too.
   */
  record DeliveredToMany(
      String apiId, EventChannel channel, int deliveries, int undelivered, String eventId)
      implements OnChannel {
    @Override
    public Map<String, String> details() {
      return ordered(
          "channel",
          channel.path(),
          "api",
          apiId,
          "deliveries",
          String.valueOf(deliveries),
          "undelivered",
          String.valueOf(undelivered),
          "event",
          eventId);
    }
  }

  /** An event is lost because its API delivers more messages a second than it may. */
  record Throttled(String apiId, EventChannel channel, int subscribers, String eventId)
      implements OnChannel {
    @Override
    public Map<String, String> details() {
      return ordered(
          "channel",
          channel.path(),
          "api",
          apiId,
          "subscribers",
          String.valueOf(subscribers),
          "event",
          eventId);
    }
  }

  /**
   * A request was refused.
   *
   * @param operation {@code publish}, {@code subscribe}, {@code unsubscribe}, or {@code message}
   *     for a frame that is none of them
   * @param channel as the client gave it, shortened; empty when it gave none
   */
  record Refused(String apiId, String operation, String channel, Transport via, Refusal refusal)
      implements AppSyncJournal {
    @Override
    public Map<String, String> details() {
      return ordered(
          "channel",
          channel,
          "api",
          apiId,
          "operation",
          operation,
          "via",
          via.label(),
          "error",
          refusal.errorType(),
          "reason",
          refusal.reason());
    }
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    var details = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return details;
  }
}
