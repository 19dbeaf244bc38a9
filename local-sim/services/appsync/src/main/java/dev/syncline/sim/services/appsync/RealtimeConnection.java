// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.ConnectionEffect;
import dev.syncline.sim.events.ConnectionProtocol;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Subscription;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.realtime.RealtimeSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A realtime connection: carries out what its {@link ConnectionProtocol} decides.
 *
 * <p>Thread-safe. Broadcasting happens outside its lock, so that connections which publish to each
 * other cannot wait for each other.
 */
final class RealtimeConnection extends RealtimeSocket {
  private final LiveApi api;
  private final ConnectionProtocol protocol;
  private final RealtimeParts parts;
  private final AuthRequest.Caller caller;
  private final Map<String, LiveSubscription> subscriptions = new HashMap<>(2);

  RealtimeConnection(
      String id,
      LiveApi api,
      WebSocketPeer peer,
      ConnectionProtocol protocol,
      RealtimeParts parts,
      AuthRequest.Caller caller) {
    super(id, peer, parts.clock(), parts.limits().keepAlive());
    this.api = api;
    this.protocol = protocol;
    this.parts = parts;
    this.caller = caller;
  }

  /** Opens the connection; called once, before the first frame. */
  void open(String remoteAddress) {
    parts.record(new AppSyncJournal.ConnectionOpened(api.id(), id(), remoteAddress));
    limitLifetime(parts.limits().lifetime(), parts.limits().behaviour().lifetimeCloseCode());
    api.connected(this);
  }

  @Override
  protected void receive(String message) {
    carryOut(() -> protocol.receive(message, parts.clock().now()));
  }

  /**
   * Calls the protocol under the lock. Effects that may block or take other connections' locks are
   * carried out after it, in order: frames of one connection wait for each other, so that their
   * answers are in order.
   */
  private void carryOut(Supplier<List<ConnectionEffect>> decision) {
    var later = new ArrayList<ConnectionEffect>();
    locked(
        () -> {
          if (!closed()) {
            decision.get().forEach(effect -> carryOut(effect, later));
          }
        });
    for (ConnectionEffect effect : later) {
      switch (effect) {
        case ConnectionEffect.Authorize ask -> authorize(ask);
        case ConnectionEffect.Publish publish -> publish(publish);
        case ConnectionEffect.Admit admit -> admit(admit);
        default -> throw new IllegalStateException("done already: " + effect);
      }
    }
  }

  private void carryOut(ConnectionEffect effect, List<ConnectionEffect> later) {
    switch (effect) {
      case ConnectionEffect.Authorize ask -> later.add(ask);
      case ConnectionEffect.Publish publish -> later.add(publish);
      case ConnectionEffect.Admit admit -> later.add(admit);
      case ConnectionEffect.Send send -> peer().sendText(send.frame());
      case ConnectionEffect.Refuse refuse -> refuse(refuse);
      case ConnectionEffect.KeepAlive begin -> beginKeepAlive();
      case ConnectionEffect.Retire retire -> retire(retire.subscription());
    }
  }

  private void authorize(ConnectionEffect.Authorize ask) {
    AuthDecision decision =
        parts.verifier().verify(api.config(), ask.request(), parts.clock().now());
    carryOut(() -> protocol.authorized(ask.step(), decision));
  }

  private void publish(ConnectionEffect.Publish publish) {
    var channel = publish.publication().channel();
    parts
        .gate()
        .carryOut(
            api,
            caller,
            publish.publishing(),
            List.of(publish.next()),
            decision ->
                carryOut(() -> List.of(protocol.published(publish.id(), channel, decision))));
  }

  private void admit(ConnectionEffect.Admit admit) {
    Subscription subscription = admit.subscription();
    Optional<Refusal> refusal =
        parts.handlers().onSubscribe(api.config(), subscription.pattern(), caller, admit.who());
    carryOut(
        () -> {
          if (refusal.isPresent()) {
            return List.of(protocol.refuse(subscription, refusal.get()));
          }
          admit(subscription);
          return List.of();
        });
  }

  private void refuse(ConnectionEffect.Refuse refuse) {
    parts.record(
        new AppSyncJournal.Refused(
            refuse.channel(), api.id(), refuse.operation(), Transport.WEBSOCKET, refuse.refusal()));
    peer().sendText(refuse.frame());
  }

  private void admit(Subscription subscription) {
    Optional<Fault> fault = parts.faults().strike(EventsFaults.SUBSCRIBE, details(subscription));
    if (fault.isEmpty()) {
      begin(subscription);
      return;
    }
    switch (fault.get()) {
      case Fault.Delay delay ->
          parts.clock().schedule(delay.delay(), () -> beginLater(subscription));
      case Fault.Refuse refuse ->
          refuse(protocol.refuse(subscription, PublishGate.refusal(refuse)));
      case Fault.Drop drop -> {}
      default -> end(fault.get());
    }
  }

  private Map<String, String> details(Subscription subscription) {
    return Map.of("api", api.id(), "channel", subscription.pattern().toString());
  }

  @Override
  protected boolean hears(String message) {
    return hears(
        parts.faults(),
        EventsFaults.MESSAGE,
        () -> {
          Optional<ObjectNode> frame = JsonText.object(message);
          String type = frame.map(object -> object.path("type").asText()).orElse("");
          String channel = frame.map(object -> object.path("channel").asText()).orElse("");
          return Map.of("api", api.id(), "type", type, "channel", channel);
        });
  }

  private void beginLater(Subscription subscription) {
    locked(() -> begin(subscription));
  }

  private void begin(Subscription subscription) {
    if (closed()) {
      return;
    }
    var live = new LiveSubscription(subscription, id(), peer(), delivery());
    subscriptions.put(subscription.id(), live);
    String acknowledgement = protocol.acknowledge(subscription).frame();
    Optional<Fault> fault = parts.faults().strike(EventsFaults.ACTIVATION, details(subscription));
    if (fault.isEmpty()) {
      activate(live);
      live.begin(acknowledgement);
      return;
    }
    live.begin(acknowledgement);
    if (fault.get() instanceof Fault.Delay delay) {
      parts.clock().schedule(delay.delay(), () -> activateLater(live));
    }
  }

  private void activateLater(LiveSubscription live) {
    locked(
        () -> {
          if (subscriptions.get(live.subscription().id()) == live) {
            activate(live);
          }
        });
  }

  private void activate(LiveSubscription live) {
    Subscription subscription = live.subscription();
    parts.record(
        new AppSyncJournal.Subscribed(subscription.pattern(), api.id(), id(), subscription.id()));
    api.index().add(subscription.pattern(), live);
  }

  private void retire(Subscription subscription) {
    LiveSubscription live = subscriptions.remove(subscription.id());
    if (live != null) {
      api.index().remove(subscription.pattern(), live);
      parts.record(
          new AppSyncJournal.Unsubscribed(
              subscription.pattern(), api.id(), id(), subscription.id()));
    }
  }

  @Override
  protected void released(int code, String reason) {
    subscriptions.values().forEach(live -> api.index().remove(live.subscription().pattern(), live));
    parts.record(
        new AppSyncJournal.ConnectionClosed(api.id(), id(), code, reason, subscriptions.size()));
    subscriptions.clear();
  }

  @Override
  protected void gone() {
    api.disconnected(this);
  }
}
