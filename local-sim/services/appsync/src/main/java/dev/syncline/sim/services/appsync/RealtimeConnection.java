// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.ConnectionEffect;
import dev.syncline.sim.events.ConnectionProtocol;
import dev.syncline.sim.events.Frames;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Subscription;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A realtime connection: carries out what its {@link ConnectionProtocol} decides.
 *
 * <p>Thread-safe. Its lock makes the client's frames, timers and the end of the connection one
 * writer. Nothing blocks under it, and broadcasting happens outside it, so that connections which
 * publish to each other cannot wait for each other.
 */
final class RealtimeConnection implements WebSocketListener {
  private static final int NORMAL_CLOSURE = 1000;
  private static final byte[] KEEP_ALIVE = Frames.KEEP_ALIVE.getBytes(StandardCharsets.US_ASCII);

  private final String id;
  private final LiveApi api;
  private final WebSocketPeer peer;
  private final ConnectionProtocol protocol;
  private final RealtimeParts parts;
  private final AuthRequest.Caller caller;

  private final DeliveryState delivery = new DeliveryState();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, LiveSubscription> subscriptions = new HashMap<>(2);
  private @Nullable Timer keepAlive;
  private @Nullable Timer lifetime;
  private boolean closed;

  RealtimeConnection(
      String id,
      LiveApi api,
      WebSocketPeer peer,
      ConnectionProtocol protocol,
      RealtimeParts parts,
      AuthRequest.Caller caller) {
    this.id = id;
    this.api = api;
    this.peer = peer;
    this.protocol = protocol;
    this.parts = parts;
    this.caller = caller;
  }

  /** Opens the connection; called once, before the first frame. */
  void open(String remoteAddress) {
    lock.lock();
    try {
      parts.record(new AppSyncJournal.ConnectionOpened(api.id(), id, remoteAddress));
      lifetime = after(parts.limits().lifetime(), this::expire);
    } finally {
      lock.unlock();
    }
    api.connected(this);
  }

  @Override
  public void onText(String message) {
    if (!delivery.silent() && hears(message)) {
      receive(message);
    }
  }

  @Override
  public void onClosed(int code, String reason) {
    release(code, reason);
  }

  /** Closes the connection with a normal close code, as AppSync does for every cause. */
  void close(String reason) {
    close(NORMAL_CLOSURE, reason);
  }

  private void expire() {
    close(parts.limits().behaviour().lifetimeCloseCode(), "Connection lifetime exceeded");
  }

  private void close(int code, String reason) {
    release(code, reason);
    peer.close(code, reason);
  }

  private void receive(String message) {
    carryOut(() -> protocol.receive(message, parts.clock().now()));
  }

  /**
   * Calls the protocol under the lock. Effects that may block or take other connections' locks are
   * carried out after it, in order: frames of one connection wait for each other, so that their
   * answers are in order.
   */
  private void carryOut(Supplier<List<ConnectionEffect>> decision) {
    var later = new ArrayList<ConnectionEffect>();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (ConnectionEffect effect : decision.get()) {
        switch (effect) {
          case ConnectionEffect.Authorize ask -> later.add(ask);
          case ConnectionEffect.Publish publish -> later.add(publish);
          case ConnectionEffect.Admit admit -> later.add(admit);
          case ConnectionEffect.Send send -> peer.sendText(send.frame());
          case ConnectionEffect.Refuse refuse -> refuse(refuse);
          case ConnectionEffect.KeepAlive begin -> beginKeepAlive();
          case ConnectionEffect.Retire retire -> retire(retire.subscription());
        }
      }
    } finally {
      lock.unlock();
    }
    for (ConnectionEffect effect : later) {
      switch (effect) {
        case ConnectionEffect.Authorize ask -> authorize(ask);
        case ConnectionEffect.Publish publish -> publish(publish);
        case ConnectionEffect.Admit admit -> admit(admit);
        default -> throw new IllegalStateException("done already: " + effect);
      }
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
    peer.sendText(refuse.frame());
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

  /** Whether a frame is processed, given the planned faults. */
  private boolean hears(String message) {
    if (!parts.faults().plans(EventsFaults.MESSAGE)) {
      return true;
    }
    Optional<ObjectNode> frame = JsonText.object(message);
    String type = frame.map(object -> object.path("type").asText()).orElse("");
    String channel = frame.map(object -> object.path("channel").asText()).orElse("");
    Optional<Fault> fault =
        parts
            .faults()
            .strike(
                EventsFaults.MESSAGE, Map.of("api", api.id(), "type", type, "channel", channel));
    if (fault.isEmpty()) {
      return true;
    }
    switch (fault.get()) {
      case Fault.Delay delay -> {
        parts.clock().pause(delay.delay());
        return true;
      }
      case Fault.Drop drop -> {}
      default -> end(fault.get());
    }
    return false;
  }

  /** Carries out a fault that ends the connection. */
  void end(Fault fault) {
    switch (fault) {
      case Fault.Disconnect disconnect -> peer.cut();
      case Fault.Close close -> peer.close(close.code(), close.reason());
      case Fault.Silence silence -> delivery.silence();
      default -> throw new IllegalStateException("a connection cannot do " + fault);
    }
  }

  private void beginLater(Subscription subscription) {
    lock.lock();
    try {
      begin(subscription);
    } finally {
      lock.unlock();
    }
  }

  private void begin(Subscription subscription) {
    if (closed) {
      return;
    }
    var live = new LiveSubscription(subscription, id, peer, delivery);
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
    lock.lock();
    try {
      if (subscriptions.get(live.subscription().id()) == live) {
        activate(live);
      }
    } finally {
      lock.unlock();
    }
  }

  private void activate(LiveSubscription live) {
    Subscription subscription = live.subscription();
    parts.record(
        new AppSyncJournal.Subscribed(subscription.pattern(), api.id(), id, subscription.id()));
    api.index().add(subscription.pattern(), live);
  }

  private void retire(Subscription subscription) {
    LiveSubscription live = subscriptions.remove(subscription.id());
    if (live != null) {
      api.index().remove(subscription.pattern(), live);
      parts.record(
          new AppSyncJournal.Unsubscribed(subscription.pattern(), api.id(), id, subscription.id()));
    }
  }

  private void beginKeepAlive() {
    if (keepAlive == null && !closed) {
      keepAlive = after(parts.limits().keepAlive(), this::sendKeepAlive);
    }
  }

  private void sendKeepAlive() {
    lock.lock();
    try {
      if (!closed && !delivery.silent()) {
        peer.sendUtf8(KEEP_ALIVE);
        keepAlive = after(parts.limits().keepAlive(), this::sendKeepAlive);
      }
    } finally {
      lock.unlock();
    }
  }

  private Timer after(Duration delay, Runnable task) {
    return parts.clock().schedule(TimerKind.BACKGROUND, delay, task);
  }

  private void release(int code, String reason) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (keepAlive != null) {
        keepAlive.cancel();
      }
      if (lifetime != null) {
        lifetime.cancel();
      }
      subscriptions
          .values()
          .forEach(live -> api.index().remove(live.subscription().pattern(), live));
      parts.record(
          new AppSyncJournal.ConnectionClosed(api.id(), id, code, reason, subscriptions.size()));
      subscriptions.clear();
    } finally {
      lock.unlock();
    }
    api.disconnected(this);
  }
}
