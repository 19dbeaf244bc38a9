// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.graphql.subscription.StartRequest;
import dev.syncline.sim.graphql.subscription.SubscriptionEffect;
import dev.syncline.sim.graphql.subscription.SubscriptionProtocol;
import dev.syncline.sim.graphql.subscription.SubscriptionTerms;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.realtime.RealtimeSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A connection of a GraphQL API: carries out what its {@link SubscriptionProtocol} decides.
 * Thread-safe. Credentials are verified and resolvers run outside its lock; frames of one
 * connection wait for each other, so that their answers are in order.
 */
final class GraphqlConnection extends RealtimeSocket {
  private final LiveGraphqlApi api;
  private final SubscriptionProtocol protocol;
  private final GraphqlRealtimeParts parts;
  private final AuthRequest.Caller caller;
  private final Instant began;
  private final Map<String, GraphqlReceiver> subscriptions = new HashMap<>(2);

  GraphqlConnection(
      String id,
      LiveGraphqlApi api,
      WebSocketPeer peer,
      GraphqlRealtimeParts parts,
      AuthRequest.Caller caller) {
    super(id, peer, parts.clock(), parts.timing().keepAlive());
    this.api = api;
    this.protocol = new SubscriptionProtocol(parts.limits());
    this.parts = parts;
    this.caller = caller;
    this.began = parts.clock().now();
  }

  /** Opens the connection; called once, before the first frame. */
  void open(String remoteAddress) {
    parts.record(new GraphqlRealtimeJournal.GraphqlConnectionOpened(api.id(), id(), remoteAddress));
    count("ConnectSuccess");
    limitLifetime(parts.timing().lifetime(), parts.timing().behaviour().lifetimeCloseCode());
    api.connected(this);
  }

  @Override
  protected void receive(String message) {
    carryOut(() -> protocol.receive(message, parts.clock().now()));
  }

  @Override
  protected boolean hears(String message) {
    return hears(
        parts.faults(),
        GraphqlRealtimeFaults.MESSAGE,
        () -> {
          Optional<ObjectNode> frame = JsonText.object(message);
          String type = frame.map(object -> object.path("type").asText()).orElse("");
          return Map.of("api", api.id(), "type", type);
        });
  }

  /** Calls the protocol under the lock; starts, which may block, are carried out after it. */
  private void carryOut(Supplier<List<SubscriptionEffect>> decision) {
    var starts = new ArrayList<StartRequest>(1);
    locked(
        () -> {
          if (!closed()) {
            decision.get().forEach(effect -> carryOut(effect, starts));
          }
        });
    starts.forEach(this::start);
  }

  private void carryOut(SubscriptionEffect effect, List<StartRequest> starts) {
    switch (effect) {
      case SubscriptionEffect.Send send -> peer().sendText(send.frame());
      case SubscriptionEffect.Refuse refuse -> refuse(refuse);
      case SubscriptionEffect.KeepAlive begin -> beginKeepAlive();
      case SubscriptionEffect.Start start -> starts.add(start.request());
      case SubscriptionEffect.Retire retire -> retire(retire.id());
    }
  }

  private void count(String metric) {
    parts.metrics().count(api.id(), parts.clock().now(), metric, 1);
  }

  private void refuse(SubscriptionEffect.Refuse refuse) {
    if (refuse.operation().equals("start")) {
      count("SubscribeClientError");
    }
    String type = refuse.error().errorType();
    parts.record(
        new GraphqlRealtimeJournal.GraphqlFrameRefused(
            api.id(),
            id(),
            refuse.operation(),
            type == null ? "" : type,
            refuse.error().message()));
    peer().sendText(refuse.frame());
  }

  private void start(StartRequest request) {
    GraphqlStart decision = parts.gate().start(api.id(), request, caller);
    carryOut(
        () ->
            switch (decision) {
              case GraphqlStart.Refused refused ->
                  List.of(protocol.refuse(request.id(), refused.errors()));
              case GraphqlStart.Accepted accepted -> accept(request.id(), accepted);
            });
  }

  private List<SubscriptionEffect> accept(String id, GraphqlStart.Accepted accepted) {
    Optional<Fault> fault =
        parts
            .faults()
            .strike(
                GraphqlRealtimeFaults.SUBSCRIBE,
                Map.of("api", api.id(), "field", accepted.terms().field()));
    if (fault.isEmpty()) {
      return begin(id, accepted);
    }
    switch (fault.get()) {
      case Fault.Delay delay ->
          parts.clock().schedule(delay.delay(), () -> carryOut(() -> begin(id, accepted)));
      case Fault.Refuse refuse -> {
        RealtimeError error = RealtimeError.of(refuse.errorType(), refuse.message());
        return List.of(
            error.equals(RealtimeError.rateExceeded())
                ? protocol.throttle(id)
                : protocol.refuse(id, List.of(error)));
      }
      case Fault.Drop drop -> protocol.forget(id);
      default -> end(fault.get());
    }
    return List.of();
  }

  /** Registers the subscription, then acknowledges it: no later event is missed. */
  private List<SubscriptionEffect> begin(String id, GraphqlStart.Accepted accepted) {
    Optional<String> acknowledgement = protocol.acknowledge(id);
    if (acknowledgement.isEmpty()) {
      return List.of(SubscriptionProtocol.abandon(id));
    }
    SubscriptionTerms terms = api.index().shared(accepted.terms());
    var live = new GraphqlReceiver(id, terms, this, id(), peer(), delivery());
    subscriptions.put(id, live);
    api.index().add(terms, accepted::projection, live);
    count("SubscribeSuccess");
    parts.record(
        new GraphqlRealtimeJournal.GraphqlSubscribed(api.id(), id(), id, accepted.terms().field()));
    live.begin(acknowledgement.get());
    return List.of();
  }

  /** Ends a subscription from the service's side. */
  void complete(GraphqlReceiver live) {
    // Its id may have begun another subscription in the meantime.
    carryOut(() -> subscriptions.get(live.id()) == live ? protocol.end(live.id()) : List.of());
  }

  private void retire(String id) {
    GraphqlReceiver live = subscriptions.remove(id);
    if (live != null) {
      api.index().remove(live.terms(), live);
      count("UnsubscribeSuccess");
      parts.record(
          new GraphqlRealtimeJournal.GraphqlUnsubscribed(api.id(), id(), id, live.terms().field()));
    }
  }

  @Override
  protected void released(int code, String reason) {
    Instant now = parts.clock().now();
    parts.metrics().disconnected(api.id(), now, Duration.between(began, now));
    subscriptions.values().forEach(live -> api.index().remove(live.terms(), live));
    parts.record(
        new GraphqlRealtimeJournal.GraphqlConnectionClosed(
            api.id(), id(), code, reason, subscriptions.size()));
    subscriptions.clear();
  }

  @Override
  protected void gone() {
    api.disconnected(this);
  }
}
