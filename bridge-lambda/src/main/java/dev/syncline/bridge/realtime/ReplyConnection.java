// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.Channel;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions over one WebSocket connection. Opens lazily, detects a dead connection, and
 * reconnects while replies are pending.
 *
 * <p>A connection is dead when it closes, when it fails, and when it is silent for longer than the
 * service's {@code connectionTimeoutMs}. {@link #subscribe} checks the silence too, because no
 * timer runs while the execution environment is frozen. A lost connection is replaced after a
 * random pause (see {@link RetryPause}) while replies are pending. Refused credentials are renewed
 * once.
 *
 * <p>Thread-safe. Blocks only to fetch credentials, on the thread that calls {@link #subscribe} or
 * on the I/O executor. Timers run on the scheduler and never block it.
 */
public final class ReplyConnection implements AutoCloseable {
  /** The minimum time between two calls of {@link #replaceIfOlder} that have an effect. */
  public static final long MIN_MILLIS_BETWEEN_REPLACEMENTS = 30_000;

  /** The service's limit of subscriptions on one connection (AWS General Reference). */
  public static final int MAX_SUBSCRIPTIONS = 200;

  private final ReplyConnectionDependencies dependencies;
  private final ReplyListener listener;
  private final LinkState state;
  private final LinkLifecycle lifecycle;
  private final LinkEvents events;
  // Guarded by state.
  private long replacedAt = Long.MIN_VALUE;

  public ReplyConnection(
      ReplyConnectionSettings settings,
      ReplyConnectionDependencies dependencies,
      ReplyListener listener) {
    this.dependencies = dependencies;
    this.listener = listener;
    this.state = new LinkState(settings.httpHost(), dependencies.random());
    this.lifecycle = new LinkLifecycle(settings, dependencies, listener, state);
    this.events = lifecycle.events();
  }

  /**
   * Completes once this subscription is acknowledged and the connection is alive; exceptionally,
   * with a {@link SubscriptionException} that gives the reason, if the subscription fails.
   * Concurrent callers share one attempt. The subscription lasts until {@link #unsubscribe}.
   *
   * @param key letters, digits and dashes; the same for the same subscription
   */
  public CompletableFuture<Void> subscribe(String key, Channel channel) {
    Link frozen = null;
    Link fresh = null;
    Link alive = null;
    List<Effect> effects = List.of();
    CompletableFuture<Void> ready;
    synchronized (state) {
      if (state.closed) {
        return CompletableFuture.failedFuture(new SubscriptionException("it is closed"));
      }
      frozen = detachIfSilent();
      ReplySubscription wanted = state.subscriptions.get(key);
      Link current = state.current;
      if (wanted == null) {
        if (state.subscriptions.isFull()) {
          return CompletableFuture.failedFuture(
              new SubscriptionException(
                  "the connection has the maximum of " + MAX_SUBSCRIPTIONS + " subscriptions"));
        }
        wanted = state.subscriptions.add(key, channel);
        if (current != null) {
          lifecycle.startAcknowledgeTimer(current, wanted);
        }
      } else if (current != null && wanted.ready.isCompletedExceptionally()) {
        wanted.reset();
        lifecycle.startAcknowledgeTimer(current, wanted);
      }
      if (current == null) {
        fresh = lifecycle.begin(false, state.established);
      } else if (current.acknowledged) {
        alive = current;
        lifecycle.watch(current);
        if (wanted.wireId.isEmpty()) {
          effects = state.subscriptions.request(current, wanted);
        }
      }
      ready = wanted.ready;
    }
    if (frozen != null) {
      frozen.drop();
      listener.lost("silent for too long; the environment may have been frozen");
    }
    if (fresh != null) {
      lifecycle.open(fresh, null);
    } else if (alive != null) {
      events.apply(alive, effects);
    }
    return ready;
  }

  /** Detaches and returns the current link if it has been silent for too long. Holds the lock. */
  private @Nullable Link detachIfSilent() {
    Link current = state.current;
    if (current == null
        || !current.acknowledged
        || lifecycle.silenceOf(current) <= current.silenceLimit) {
      return null;
    }
    lifecycle.detach(current);
    return current;
  }

  /**
   * Replaces the connection with all its subscriptions, because a reply that it should have
   * delivered did not arrive. Does nothing if the connection is younger than {@code since}, is
   * being replaced, or was replaced by this method less than {@value
   * #MIN_MILLIS_BETWEEN_REPLACEMENTS} ms ago. Does not block.
   *
   * @param since epoch milliseconds from which the caller relied on the connection
   */
  public void replaceIfOlder(long since, String reason) {
    Link old;
    Link fresh;
    synchronized (state) {
      long now = dependencies.clock().millis();
      old = state.current;
      if (state.closed
          || old == null
          || !old.subscribed
          || old.subscribedAt > since
          || (replacedAt != Long.MIN_VALUE && now - replacedAt < MIN_MILLIS_BETWEEN_REPLACEMENTS)) {
        return;
      }
      replacedAt = now;
      lifecycle.detach(old);
      fresh = lifecycle.begin(false, state.established);
    }
    old.drop();
    listener.lost(reason);
    dependencies.io().execute(() -> lifecycle.open(fresh, null));
  }

  /** Ends a subscription. */
  public void unsubscribe(String key) {
    Link link;
    List<Effect> effects;
    synchronized (state) {
      link = state.current;
      effects = state.subscriptions.remove(link, key);
    }
    if (link != null) {
      events.apply(link, effects);
    }
  }

  /** Stops the idle watchdog until {@link #subscribe} is called again: no reply is pending. */
  public void idle() {
    synchronized (state) {
      if (state.current != null) {
        state.current.stopWatching();
      }
    }
  }

  @Override
  public void close() {
    Link last;
    Collection<ReplySubscription> waiting;
    synchronized (state) {
      state.closed = true;
      last = state.current;
      if (last != null) {
        lifecycle.detach(last);
      }
      lifecycle.cancelRetry();
      waiting = state.subscriptions.all();
    }
    if (last != null) {
      last.drop();
    }
    waiting.forEach(s -> s.ready.completeExceptionally(new SubscriptionException("it is closed")));
  }
}
