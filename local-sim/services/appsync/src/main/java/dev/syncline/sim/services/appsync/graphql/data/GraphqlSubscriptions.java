// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.CompletedMutation;
import dev.syncline.sim.graphql.subscription.GraphqlFrames;
import dev.syncline.sim.graphql.subscription.Invalidations;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.graphql.subscription.SubscriptionGroup;
import dev.syncline.sim.graphql.subscription.SubscriptionLimits;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.realtime.Delivery;
import dev.syncline.sim.services.appsync.realtime.JournaledEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all GraphQL APIs: takes results of mutations and delivers them.
 *
 * <p>Subscribers with equal terms share one payload, which is made and encoded once. Thread-safe.
 */
final class GraphqlSubscriptions implements GraphqlApiStore.Listener, MutationListener {
  private final GraphqlRealtimeParts parts;
  private final Delivery delivery;
  private final Map<String, LiveGraphqlApi> live = new ConcurrentHashMap<>();

  /**
   * No subscriptions yet.
   *
   * @param timing of connections: keep-alive, lifetime, size of frames
   */
  GraphqlSubscriptions(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      GraphqlGate gate,
      GraphqlMetrics metrics,
      EventsLimits timing) {
    this.parts =
        new GraphqlRealtimeParts(
            clock, ids, journal, faults, gate, metrics, SubscriptionLimits.AWS, timing);
    this.delivery = new Delivery(clock, faults, GraphqlRealtimeFaults.DELIVERY);
  }

  /** The port's side. */
  WebSocketEndpoint endpoint() {
    return new GraphqlRealtimeEndpoint(parts, this);
  }

  /** The connections and subscriptions of an API. */
  LiveGraphqlApi live(String apiId) {
    return live.computeIfAbsent(apiId, LiveGraphqlApi::new);
  }

  @Override
  public void deleted(GraphqlApiRecord api) {
    forget(api.apiId());
  }

  /** Closes the connections of an API that does not exist any more. */
  void forget(String apiId) {
    LiveGraphqlApi known = live.remove(apiId);
    if (known != null) {
      known.delete();
    }
  }

  /** Delivers the results of a request in their order, then ends what it invalidates. */
  @Override
  public void completed(
      GraphqlApiRecord stored, List<CompletedMutation> completed, RequestEffects effects) {
    LiveGraphqlApi api = live.get(stored.apiId());
    if (api == null || completed.isEmpty()) {
      return;
    }
    // One turn of the event loops for the whole request.
    try (var fanOut = new FanOut()) {
      var batch = new Batch(fanOut);
      for (CompletedMutation mutation : completed) {
        if (mutation.delivers() && api.index().hasSubscriptions(mutation.field())) {
          mutated(api, mutation.field(), mutation.payload(), batch);
        }
      }
      batch.end();
    }
    Invalidations.of(effects).ifPresent(invalidation -> invalidate(api, invalidation));
  }

  /**
   * Delivers the result of a mutation field. Waits only when the settings of the port let senders
   * wait.
   *
   * @param mutation the field's name in the schema
   * @param payload what the mutation selected, by field name
   */
  private void mutated(LiveGraphqlApi api, String mutation, JsonNode payload, Batch batch) {
    var groups = api.index().matching(mutation, payload);
    int subscribers = groups.stream().mapToInt(group -> group.members().size()).sum();
    parts.record(new GraphqlRealtimeJournal.GraphqlTriggered(api.id(), mutation, subscribers));
    for (var group : groups) {
      deliver(api, group, payload, batch);
    }
  }

  /** Ends the subscriptions that an invalidation of a mutation matches. */
  private void invalidate(LiveGraphqlApi api, Invalidations.Invalidation invalidation) {
    List<GraphqlReceiver> ended = new ArrayList<>();
    api.index()
        .invalidated(invalidation.field(), invalidation.payload())
        .forEach(group -> ended.addAll(group.members()));
    parts.record(
        new GraphqlRealtimeJournal.GraphqlInvalidated(
            api.id(), invalidation.field(), ended.size()));
    ended.forEach(GraphqlReceiver::complete);
  }

  private void deliver(
      LiveGraphqlApi api,
      SubscriptionGroup<Function<JsonNode, ObjectNode>, GraphqlReceiver> group,
      JsonNode payload,
      Batch batch) {
    int members = group.members().size();
    String field = group.terms().field();
    byte[] body = GraphqlFrames.dataBody(group.operation().apply(payload));
    if (body.length > parts.limits().payloadBytes()) {
      parts.record(
          new GraphqlRealtimeJournal.GraphqlEventTooLarge(api.id(), field, body.length, members));
      return;
    }
    batch.add(group, new Event(api.id(), field, body, members));
  }

  /**
   * Events in a row for the same group, which a connection takes together. An event for another
   * group ends the row, so that each connection gets events in their order.
   */
  private final class Batch {
    private final FanOut fanOut;
    private final List<Event> events = new ArrayList<>();
    private @Nullable SubscriptionGroup<Function<JsonNode, ObjectNode>, GraphqlReceiver> group;

    Batch(FanOut fanOut) {
      this.fanOut = fanOut;
    }

    void add(SubscriptionGroup<Function<JsonNode, ObjectNode>, GraphqlReceiver> next, Event event) {
      if (next != group) {
        end();
        group = next;
      }
      events.add(event);
    }

    void end() {
      if (group == null || events.isEmpty()) {
        return;
      }
      List<GraphqlReceiver> members = group.members();
      if (delivery.faultsPlanned()) {
        for (Event event : events) {
          delivery.withFaults(event, members, Map.of("api", event.apiId, "field", event.field));
        }
      } else {
        toAll(members);
      }
      events.forEach(Event::end);
      events.clear();
    }

    private void toAll(List<GraphqlReceiver> members) {
      byte[][] bodies = events.stream().map(Event::body).toArray(byte[][]::new);
      for (GraphqlReceiver member : members) {
        int taken = delivery.deliver(member, bodies, fanOut);
        for (int i = 0; i < bodies.length; i++) {
          events.get(i).delivered(member, i < taken);
        }
      }
    }
  }

  /** One event for the subscribers of one group; counts and records deliveries. */
  private final class Event extends JournaledEvent<GraphqlReceiver> {
    private final String apiId;
    private final String field;
    private final byte[] body;

    Event(String apiId, String field, byte[] body, int subscribers) {
      super(subscribers);
      this.apiId = apiId;
      this.field = field;
      this.body = body;
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public byte[] corrupted(String text) {
      return (text + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String refused(GraphqlReceiver subscription, Fault.Refuse refuse) {
      return GraphqlFrames.error(
          subscription.id(), List.of(RealtimeError.of(refuse.errorType(), refuse.message())));
    }

    @Override
    public Event alone() {
      return new Event(apiId, field, body, 1);
    }

    @Override
    protected void recordTaken(GraphqlReceiver subscription) {
      parts.record(
          new GraphqlRealtimeJournal.GraphqlDelivered(
              apiId, subscription.connectionId(), subscription.id(), field));
    }

    @Override
    protected void recordLost(GraphqlReceiver subscription) {
      parts.record(
          new GraphqlRealtimeJournal.GraphqlUndelivered(
              apiId, subscription.connectionId(), subscription.id(), field));
    }

    @Override
    protected void recordAll(int deliveries, int undelivered) {
      parts.record(
          new GraphqlRealtimeJournal.GraphqlDeliveredToMany(apiId, field, deliveries, undelivered));
    }

    @Override
    public void end() {
      super.end();
      if (taken() > 0) {
        parts.metrics().delivered(apiId, parts.clock().now(), taken(), body.length - 1);
      }
    }
  }
}
