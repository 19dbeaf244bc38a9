// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.DataFrame;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.FanOut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Delivers events to subscriptions, with one look-up for each publication and one escape for each
 * event, without a lock and without writing to a socket. Thread-safe.
 */
record Broadcaster(SimClock clock, Journal journal, FaultPlan faults) {
  private static final String PLACE = EventsFaults.DELIVERY;

  /** Above this number of subscriptions an event gets one journal entry in place of one each. */
  private static final int JOURNALED_ONE_BY_ONE = 16;

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
    if (faults.plans(PLACE)) {
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
        taken[i] = deliver(subscribers.get(i), events.bodies, fanOut);
      }
    }
    for (int event = 0; event < events.bodies.length; event++) {
      var record = new Record(events, event, subscribers.size() <= JOURNALED_ONE_BY_ONE);
      for (int i = 0; i < taken.length; i++) {
        record.add(subscribers.get(i), event < taken[i]);
      }
      record.end();
    }
  }

  /** Returns how many the connection accepted. Waits only if a planned fault says so. */
  private int deliver(LiveSubscription subscriber, byte[][] bodies, FanOut fanOut) {
    int taken = subscriber.deliver(bodies, 0, fanOut);
    while (taken < bodies.length) {
      CompletableFuture<Boolean> room = subscriber.room();
      if (room == null) {
        break;
      }
      fanOut.flush();
      clock.await(room);
      taken += subscriber.deliver(bodies, taken, fanOut);
    }
    return taken;
  }

  private void withFaults(Events events, List<LiveSubscription> subscribers) {
    Map<String, String> details = Map.of("channel", events.channel.path());
    for (int event = 0; event < events.bodies.length; event++) {
      var record = new Record(events, event, subscribers.size() <= JOURNALED_ONE_BY_ONE);
      try (var fanOut = new FanOut()) {
        for (LiveSubscription subscriber : subscribers) {
          strike(record, subscriber, events.bodies[event], details, fanOut);
        }
      }
      record.end();
    }
  }

  private void strike(
      Record record,
      LiveSubscription subscriber,
      byte[] body,
      Map<String, String> details,
      FanOut fanOut) {
    Optional<Fault> fault = faults.strike(PLACE, details);
    if (fault.isEmpty()) {
      send(record, subscriber, body, fanOut);
      return;
    }
    switch (fault.get()) {
      case Fault.Delay delay ->
          clock.schedule(delay.delay(), () -> sendLater(record.alone(), subscriber, body));
      case Fault.Drop drop -> {}
      case Fault.Duplicate duplicate -> {
        for (int i = 0; i < duplicate.times(); i++) {
          send(record, subscriber, body, fanOut);
        }
      }
      case Fault.Corrupt corrupt ->
          send(record, subscriber, DataFrame.body(corrupt.replacement()), fanOut);
      case Fault.Disconnect disconnect -> subscriber.cut();
      case Fault.Close close -> subscriber.close(close);
      case Fault.Silence silence -> subscriber.silence();
      case Fault.Refuse refuse -> subscriber.sendError(PublishGate.refusal(refuse));
      case Fault.Throttle throttle ->
          throw new IllegalStateException("a delivery cannot do " + throttle);
    }
  }

  private void send(Record record, LiveSubscription subscriber, byte[] body, FanOut fanOut) {
    record.add(subscriber, deliver(subscriber, new byte[][] {body}, fanOut) == 1);
  }

  /** Runs on the clock's thread and must not block. */
  private void sendLater(Record record, LiveSubscription subscriber, byte[] body) {
    try (var fanOut = new FanOut()) {
      record.add(subscriber, subscriber.deliver(new byte[][] {body}, 0, fanOut) == 1);
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
  private final class Record {
    private final Events events;
    private final int event;
    private final boolean oneByOne;
    private int delivered;
    private int undelivered;

    Record(Events events, int event, boolean oneByOne) {
      this.events = events;
      this.event = event;
      this.oneByOne = oneByOne;
    }

    /** Records a later delivery, which the common entry does not count. */
    Record alone() {
      return new Record(events, event, true);
    }

    void add(LiveSubscription subscriber, boolean queued) {
      if (queued) {
        delivered++;
        if (oneByOne) {
          journal.record(
              new AppSyncJournal.Delivered(
                  events.channel, events.apiId, subscriber.connectionId(), id(subscriber), id()));
        }
      } else if (oneByOne || undelivered++ < JOURNALED_ONE_BY_ONE) {
        journal.record(
            new AppSyncJournal.Undelivered(
                events.channel, events.apiId, subscriber.connectionId(), id(subscriber), id()));
      }
    }

    void end() {
      if (!oneByOne) {
        journal.record(
            new AppSyncJournal.DeliveredToMany(
                events.channel, events.apiId, delivered, undelivered, id()));
      }
    }

    private String id() {
      return events.accepted.get(event).identifier();
    }

    private static String id(LiveSubscription subscriber) {
      return subscriber.subscription().id();
    }
  }
}
