// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.events.Channel;
import dev.syncline.sim.events.DataFrame;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes events to subscriptions: one look-up a publication, one escape an event, no lock, and never
 * a write to a socket. Thread-safe.
 */
final class Broadcaster {
  private static final String PLACE = EventsFaults.DELIVERY;

  /** Above this number of subscriptions an event gets one journal entry in place of one each. */
  private static final int JOURNALED_ONE_BY_ONE = 16;

  private final SimClock clock;
  private final Journal journal;
  private final FaultPlan faults;

  Broadcaster(SimClock clock, Journal journal, FaultPlan faults) {
    this.clock = clock;
    this.journal = journal;
    this.faults = faults;
  }

  void broadcast(LiveApi api, Publication publication, Transport via) {
    Channel channel = publication.channel();
    List<LiveSubscription> subscribers = api.index().subscribers(channel);
    journal.record(
        new AppSyncJournal.Published(
            api.id(),
            channel,
            via,
            publication.accepted().size(),
            publication.failed().size(),
            subscribers.size()));
    if (subscribers.isEmpty()) {
      return;
    }
    Map<String, String> details = Map.of("channel", channel.path());
    boolean oneByOne = subscribers.size() <= JOURNALED_ONE_BY_ONE;
    for (Publication.Accepted event : publication.accepted()) {
      var delivery = new Delivery(api.id(), channel, event.identifier(), oneByOne);
      byte[] body = DataFrame.body(event.payload());
      int delivered = 0;
      for (LiveSubscription subscriber : subscribers) {
        delivered += deliver(delivery, subscriber, body, details);
      }
      if (!oneByOne) {
        journal.record(
            new AppSyncJournal.DeliveredToMany(api.id(), channel, delivered, event.identifier()));
      }
    }
  }

  /** Returns how often the event has gone to the subscriber by now. */
  private int deliver(
      Delivery delivery, LiveSubscription subscriber, byte[] body, Map<String, String> details) {
    Optional<Fault> fault = faults.strike(PLACE, details);
    if (fault.isEmpty()) {
      return send(delivery, subscriber, body);
    }
    return switch (fault.get()) {
      case Fault.Delay delay -> {
        clock.schedule(delay.delay(), () -> send(delivery.alone(), subscriber, body));
        yield 0;
      }
      case Fault.Drop drop -> 0;
      case Fault.Duplicate duplicate -> {
        int delivered = 0;
        for (int i = 0; i < duplicate.times(); i++) {
          delivered += send(delivery, subscriber, body);
        }
        yield delivered;
      }
      case Fault.Corrupt corrupt ->
          send(delivery, subscriber, DataFrame.body(corrupt.replacement()));
      case Fault.Disconnect disconnect -> {
        subscriber.cut();
        yield 0;
      }
      case Fault.Close close -> {
        subscriber.close(close);
        yield 0;
      }
      case Fault.Silence silence -> {
        subscriber.silence();
        yield 0;
      }
      case Fault.Refuse refuse ->
          throw new IllegalStateException("place '" + PLACE + "' cannot do " + refuse);
    };
  }

  private int send(Delivery delivery, LiveSubscription subscriber, byte[] body) {
    boolean queued = subscriber.deliver(body);
    if (!queued) {
      journal.record(
          new AppSyncJournal.Undelivered(
              delivery.apiId,
              delivery.channel,
              subscriber.connectionId(),
              subscriber.subscription().id(),
              delivery.eventId));
      return 0;
    }
    if (delivery.journaled) {
      journal.record(
          new AppSyncJournal.Delivered(
              delivery.apiId,
              delivery.channel,
              subscriber.connectionId(),
              subscriber.subscription().id(),
              delivery.eventId));
    }
    return 1;
  }

  private record Delivery(String apiId, Channel channel, String eventId, boolean journaled) {
    /** The same for a delivery that comes later, outside the common entry. */
    Delivery alone() {
      return new Delivery(apiId, channel, eventId, true);
    }
  }
}
