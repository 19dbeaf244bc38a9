// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.DataFrame;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.Frames;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.services.appsync.realtime.Delivery;
import dev.syncline.sim.services.appsync.realtime.JournaledEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Delivers events to subscriptions, with one look-up for each publication and one escape for each
 * event, without a lock and without writing to a socket. Thread-safe.
 */
record Broadcaster(SimClock clock, Journal journal, Delivery delivery) {
  Broadcaster(SimClock clock, Journal journal, FaultPlan faults) {
    this(clock, journal, new Delivery(clock, faults, EventsFaults.DELIVERY));
  }

  void broadcast(LiveApi api, Publication publication, Transport via) {
    EventChannel channel = publication.channel();
    List<LiveSubscription> subscribers = api.index().subscribers(channel);
    journal.record(
        new AppSyncJournal.Published(
            channel,
            api.id(),
            via.label(),
            publication.accepted().size(),
            publication.failed().size(),
            subscribers.size()));
    if (subscribers.isEmpty() || publication.accepted().isEmpty()) {
      return;
    }
    List<Publication.Accepted> allowed = withinRate(api, publication, subscribers.size());
    if (allowed.isEmpty()) {
      return;
    }
    var events = new Events(api.id(), channel, allowed);
    if (delivery.faultsPlanned()) {
      withFaults(events, subscribers);
    } else {
      toAll(events, subscribers);
    }
  }

  /** The events within the API's rate of outbound messages; the others are lost. */
  private List<Publication.Accepted> withinRate(
      LiveApi api, Publication publication, int subscribers) {
    Instant now = clock.now();
    List<Publication.Accepted> allowed = new ArrayList<>(publication.accepted().size());
    for (Publication.Accepted event : publication.accepted()) {
      if (api.mayDeliver(now, event, subscribers)) {
        allowed.add(event);
      } else {
        journal.record(
            new AppSyncJournal.Throttled(
                publication.channel(), api.id(), subscribers, event.identifier()));
      }
    }
    return allowed;
  }

  /** A subscriber gets every event of a publication before the next subscriber does. */
  private void toAll(Events events, List<LiveSubscription> subscribers) {
    int[] taken = new int[subscribers.size()];
    try (var fanOut = new FanOut()) {
      for (int i = 0; i < taken.length; i++) {
        taken[i] = delivery.deliver(subscribers.get(i), events.bodies, fanOut);
      }
    }
    for (int event = 0; event < events.bodies.length; event++) {
      var record = new Record(events, event, subscribers.size());
      for (int i = 0; i < taken.length; i++) {
        record.delivered(subscribers.get(i), event < taken[i]);
      }
      record.end();
    }
  }

  private void withFaults(Events events, List<LiveSubscription> subscribers) {
    Map<String, String> details = Map.of("channel", events.channel.path());
    for (int event = 0; event < events.bodies.length; event++) {
      var record = new Record(events, event, subscribers.size());
      delivery.withFaults(record, subscribers, details);
      record.end();
    }
  }

  /** The events of one publication; their text is escaped once for all subscribers. */
  private static final class Events {
    final String apiId;
    final EventChannel channel;
    final List<Publication.Accepted> accepted;
    final byte[][] bodies;

    Events(String apiId, EventChannel channel, List<Publication.Accepted> accepted) {
      this.apiId = apiId;
      this.channel = channel;
      this.accepted = accepted;
      this.bodies = new byte[accepted.size()][];
      for (int i = 0; i < bodies.length; i++) {
        bodies[i] = DataFrame.body(accepted.get(i).payload());
      }
    }
  }

  /** Records the deliveries of one event in the journal. */
  private final class Record extends JournaledEvent<LiveSubscription> {
    private final Events events;
    private final int event;

    Record(Events events, int event, int subscribers) {
      super(subscribers);
      this.events = events;
      this.event = event;
    }

    @Override
    public byte[] body() {
      return events.bodies[event];
    }

    @Override
    public byte[] corrupted(String text) {
      return DataFrame.body(text);
    }

    @Override
    public String refused(LiveSubscription subscriber, Fault.Refuse refuse) {
      return Frames.broadcastError(subscriber.id(), PublishGate.refusal(refuse));
    }

    /** Records a later delivery, which the common entry does not count. */
    @Override
    public Record alone() {
      return new Record(events, event, 1);
    }

    @Override
    protected void recordTaken(LiveSubscription subscriber) {
      journal.record(
          new AppSyncJournal.Delivered(
              events.channel, events.apiId, subscriber.connectionId(), subscriber.id(), id()));
    }

    @Override
    protected void recordLost(LiveSubscription subscriber) {
      journal.record(
          new AppSyncJournal.Undelivered(
              events.channel, events.apiId, subscriber.connectionId(), subscriber.id(), id()));
    }

    @Override
    protected void recordAll(int deliveries, int undelivered) {
      journal.record(
          new AppSyncJournal.DeliveredToMany(
              events.channel, events.apiId, deliveries, undelivered, id()));
    }

    private String id() {
      return events.accepted.get(event).identifier();
    }
  }
}
