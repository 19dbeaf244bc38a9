// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.CredentialSource;
import dev.syncline.publisher.EventChannel;
import dev.syncline.publisher.Credential;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that are kept, over one connection: connected when first needed, found out when
 * dead, connected again while answers are awaited.
 *
 * <p>A connection is dead when it closes, when it fails, when it is silent for longer than the
 * service's {@code connectionTimeoutMs}, and when {@link #subscribe} finds that the last frame is
 * older than that: the environment may have been frozen meanwhile, and then no timer ran either. A
 * lost connection is replaced after a random pause (see {@link RetryPause}) as long as answers are
 * awaited. Refused credentials are renewed once.
 *
 * <p>Thread-safe. Blocks only to fetch credentials, on the thread that calls {@link #subscribe} or
 * on the I/O executor; timers run on the scheduler and never block it.
 */
public final class ReplyConnection implements AutoCloseable {

  /** A connection that seems to hear nothing is replaced no more often than this. */
  public static final long MIN_MILLIS_BETWEEN_REPLACEMENTS = 30_000;

  /** The service's limit of subscriptions on one connection (AWS General Reference). */
  public static final int MAX_SUBSCRIPTIONS = 200;

  /**
   * Where, and for how long.
   *
   * @param uri of the WebSocket
   * @param httpHost the API's HTTP host, which the credentials name
   * @param acknowledgeMillis how long connecting and subscribing may take
   */
  public record Settings(URI uri, String httpHost, long acknowledgeMillis) {}

  /**
   * What a connection stands on.
   *
   * @param scheduler only runs short tasks, of the same time as the clock
   * @param io runs what blocks
   */
  public record Ground(
      CredentialSource authorization,
      RealtimeTransport transport,
      Clock clock,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      Executor io) {}

  private final Settings settings;
  private final Ground ground;
  private final ReplyListener listener;
  private final CredentialRenewal renewal;

  private final Object lock = new Object();

  // Guarded by lock.
  private final ReplySubscriptions subscriptions;
  private final RetryPause pause;
  private @Nullable Link current;
  private @Nullable ScheduledFuture<?> retry;
  private long connectingSince;
  private long replacedAt = Long.MIN_VALUE;
  private boolean established;
  private boolean closed;

  public ReplyConnection(Settings settings, Ground ground, ReplyListener listener) {
    this.settings = settings;
    this.ground = ground;
    this.listener = listener;
    this.renewal = new CredentialRenewal(ground.authorization(), ground.io());
    this.subscriptions = new ReplySubscriptions(settings.httpHost());
    this.pause = new RetryPause(ground.random());
  }

  /**
   * Completes once this subscription is acknowledged and alive; exceptionally, with a {@link
   * SubscriptionException} that gives the reason, if it cannot be had. Many callers share one
   * attempt. The subscription stands until {@link #unsubscribe}.
   *
   * @param key letters, digits and dashes; the same for the same subscription
   */
  public CompletableFuture<Void> subscribe(String key, EventChannel channel) {
    Link frozen = null;
    Link fresh = null;
    Link alive = null;
    List<Effect> effects = List.of();
    CompletableFuture<Void> ready;
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(new SubscriptionException("it is closed"));
      }
      if (current != null && current.acknowledged && silenceOf(current) > current.silenceLimit) {
        frozen = current;
        detach(frozen);
      }
      ReplySubscription wanted = subscriptions.get(key);
      if (wanted == null) {
        if (subscriptions.isFull()) {
          return CompletableFuture.failedFuture(
              new SubscriptionException(
                  "the connection has " + MAX_SUBSCRIPTIONS + " subscriptions, which is the most"));
        }
        wanted = subscriptions.add(key, channel);
        if (current != null) {
          await(current, wanted);
        }
      } else if (current != null && wanted.ready.isCompletedExceptionally()) {
        wanted.begin();
        await(current, wanted);
      }
      if (current == null) {
        fresh = begin(false, established);
      } else if (current.acknowledged) {
        alive = current;
        watch(current);
        if (wanted.wireId.isEmpty()) {
          effects = subscriptions.ask(current, wanted);
        }
      }
      ready = wanted.ready;
    }
    if (frozen != null) {
      frozen.drop();
      listener.lost("silent for too long; the environment may have been frozen");
    }
    if (fresh != null) {
      open(fresh, null);
    } else if (alive != null) {
      apply(alive, effects);
    }
    return ready;
  }

  /**
   * Replaces the connection, which seems to hear nothing, with all its subscriptions; unless it is
   * younger than the moment given, is being replaced anyway, or the last replacement of this kind
   * was less than {@value #MIN_MILLIS_BETWEEN_REPLACEMENTS} ms ago. Does not block.
   *
   * @param since epoch milliseconds at which it was relied on
   */
  public void replaceIfOlder(long since, String reason) {
    Link old;
    Link fresh;
    synchronized (lock) {
      long now = ground.clock().millis();
      if (closed
          || current == null
          || !current.subscribed
          || current.subscribedAt > since
          || (replacedAt != Long.MIN_VALUE && now - replacedAt < MIN_MILLIS_BETWEEN_REPLACEMENTS)) {
        return;
      }
      replacedAt = now;
      old = current;
      detach(old);
      fresh = begin(false, established);
    }
    old.drop();
    listener.lost(reason);
    ground.io().execute(() -> open(fresh, null));
  }

  /** Gives a subscription up. */
  public void unsubscribe(String key) {
    Link link;
    List<Effect> effects;
    synchronized (lock) {
      link = current;
      effects = subscriptions.remove(link, key);
    }
    if (link != null) {
      apply(link, effects);
    }
  }

  /** No answer is awaited: no timer is kept until {@link #subscribe} is called again. */
  public void idle() {
    synchronized (lock) {
      if (current != null) {
        current.stopWatching();
      }
    }
  }

  @Override
  public void close() {
    Link last;
    Collection<ReplySubscription> waiting;
    synchronized (lock) {
      closed = true;
      last = current;
      if (last != null) {
        detach(last);
      }
      if (retry != null) {
        retry.cancel(false);
      }
      waiting = subscriptions.all();
    }
    if (last != null) {
      last.drop();
    }
    waiting.forEach(s -> s.ready.completeExceptionally(new SubscriptionException("it is closed")));
  }

  /** A new link, and every subscription begins anew on it. Holds the lock. */
  private Link begin(boolean renewed, boolean replacement) {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
    Link fresh = new Link(ground.clock().millis(), renewed, replacement);
    current = fresh;
    connectingSince = fresh.lastFrameAt;
    subscriptions.begin();
    subscriptions.all().forEach(each -> await(fresh, each));
    return fresh;
  }

  private void open(Link link, @Nullable Credential given) {
    try {
      Credential credential = given == null ? ground.authorization().credential() : given;
      synchronized (lock) {
        if (current != link) {
          return;
        }
        link.credential = credential;
      }
      link.connection(
          ground
              .transport()
              .connect(
                  settings.uri(),
                  List.of(
                      RealtimeProtocol.SUBPROTOCOL,
                      credential.connectSubprotocol(settings.httpHost())),
                  new Wire(link)));
    } catch (RuntimeException e) {
      // What such a message quotes is not known here, so only its kind goes further.
      fail(link, "no connection could be begun: " + e.getClass().getSimpleName(), false);
    }
  }

  /** Sees to it that a missing acknowledgement is noticed. Holds the lock. */
  private void await(Link link, ReplySubscription wanted) {
    wanted.timer = after(settings.acknowledgeMillis(), () -> unacknowledged(link, wanted));
  }

  private void unacknowledged(Link link, ReplySubscription wanted) {
    String awaited;
    synchronized (lock) {
      if (current != link || !subscriptions.stands(wanted) || wanted.isAcknowledged()) {
        return;
      }
      awaited = link.protocol.awaited();
    }
    fail(
        link,
        "no answer within " + settings.acknowledgeMillis() + " ms, waiting for " + awaited,
        false);
  }

  private void apply(Link link, List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send send -> link.send(send.frame());
        case Effect.Acknowledged ack -> acknowledged(link, ack.silenceLimitMillis());
        case Effect.Subscribed subscribed -> subscribed(link, subscribed.subscriptionId());
        case Effect.Refused refused -> refused(link, refused);
        case Effect.Event event -> event(event);
        case Effect.Failed failed -> fail(link, failed.reason(), failed.unauthorized());
        case Effect.EventLost lost -> listener.eventsMayBeMissing(lost.reason());
        case Effect.Malformed malformed -> listener.malformed(malformed.reason());
      }
    }
  }

  private void event(Effect.Event event) {
    ReplySubscription to;
    synchronized (lock) {
      to = subscriptions.byWireId(event.subscriptionId());
    }
    if (to != null) {
      listener.event(to.key, event.text());
    }
  }

  private void acknowledged(Link link, long silenceLimitMillis) {
    List<Effect> effects = new ArrayList<>();
    try {
      synchronized (lock) {
        if (current != link) {
          return;
        }
        link.acknowledged = true;
        link.silenceLimit = silenceLimitMillis;
        for (ReplySubscription each : subscriptions.all()) {
          effects.addAll(subscriptions.ask(link, each));
        }
      }
    } catch (RuntimeException e) {
      // Signing may fail: said by its kind only, as what it quotes is not known here.
      fail(link, "a subscription could not be signed: " + e.getClass().getSimpleName(), false);
      return;
    }
    apply(link, effects);
  }

  private void subscribed(Link link, String wireId) {
    CompletableFuture<Void> ready;
    boolean all;
    boolean first;
    long took;
    synchronized (lock) {
      ReplySubscription done = subscriptions.byWireId(wireId);
      if (current != link || done == null) {
        return;
      }
      done.stopTimer();
      ready = done.ready;
      first = !link.subscribed;
      if (first) {
        link.subscribedAt = ground.clock().millis();
      }
      link.subscribed = true;
      established = true;
      pause.reset();
      watch(link);
      took = ground.clock().millis() - connectingSince;
      all = link.replacement && !link.announced && subscriptions.allAcknowledgedBut(done);
      link.announced |= all;
    }
    ready.complete(null);
    if (first) {
      listener.connected(took, link.replacement);
    }
    if (all) {
      listener.eventsMayBeMissing("subscribed again after a loss");
    }
  }

  /** One refusal among others does not cost them their connection, unless it is the only one. */
  private void refused(Link link, Effect.Refused refusal) {
    ReplySubscription wanted;
    Credential used;
    boolean renew;
    synchronized (lock) {
      wanted = subscriptions.byWireId(refusal.subscriptionId());
      if (current != link || wanted == null) {
        return;
      }
      used = link.credential;
      if (!link.subscribed || used == null) {
        wanted = null;
        renew = false;
      } else {
        renew = refusal.unauthorized() && !wanted.renewed;
        wanted.renewed = true;
        if (!renew) {
          wanted.stopTimer();
        }
      }
    }
    if (wanted == null || used == null) {
      fail(link, refusal.reason(), refusal.unauthorized());
    } else if (renew) {
      askAgain(link, wanted, used, refusal.reason());
    } else {
      wanted.ready.completeExceptionally(new SubscriptionException(refusal.reason()));
    }
  }

  /** The key was replaced while the connection lived on: only this subscription needs the new. */
  private void askAgain(Link link, ReplySubscription wanted, Credential used, String reason) {
    renewal.replace(
        used,
        reason,
        replacement -> {
          List<Effect> effects;
          synchronized (lock) {
            if (current != link || !subscriptions.stands(wanted)) {
              return;
            }
            link.credential = replacement;
            effects = subscriptions.ask(link, wanted);
          }
          apply(link, effects);
        },
        why -> {
          synchronized (lock) {
            wanted.stopTimer();
          }
          wanted.ready.completeExceptionally(new SubscriptionException(why));
        });
  }

  private void fail(Link link, String reason, boolean unauthorized) {
    Link next = null;
    Credential refused;
    List<CompletableFuture<Void>> waiting;
    boolean again;
    synchronized (lock) {
      if (current != link) {
        return;
      }
      detach(link);
      refused = link.credential;
      if (unauthorized && !link.renewed && refused != null && !link.subscribed) {
        next = begin(true, link.replacement);
      }
      waiting = subscriptions.all().stream().map(s -> s.ready).toList();
      again = link.subscribed || link.replacement;
    }
    link.drop();
    if (next != null && refused != null) {
      Link renewed = next;
      renewal.replace(
          refused,
          reason,
          replacement -> open(renewed, replacement),
          why -> fail(renewed, why, false));
      return;
    }
    waiting.forEach(ready -> ready.completeExceptionally(new SubscriptionException(reason)));
    if (link.subscribed) {
      listener.lost(reason);
    }
    if (again && listener.answersAwaited()) {
      retryLater();
    }
  }

  private void retryLater() {
    synchronized (lock) {
      if (closed || current != null || retry != null) {
        return;
      }
      retry = after(pause.nextMillis(), () -> ground.io().execute(this::retry));
    }
  }

  private void retry() {
    Link fresh;
    boolean awaited = listener.answersAwaited();
    synchronized (lock) {
      retry = null;
      if (closed || current != null || !awaited) {
        return;
      }
      fresh = begin(false, established);
    }
    open(fresh, null);
  }

  /** Sees to it that silence is noticed. Holds the lock. */
  private void watch(Link link) {
    if (link.watchdog == null) {
      long left = Math.max(0, link.silenceLimit - silenceOf(link)) + 1;
      link.watchdog = after(left, () -> checkSilence(link));
    }
  }

  private void checkSilence(Link link) {
    boolean awaited = listener.answersAwaited();
    boolean silent;
    synchronized (lock) {
      link.watchdog = null;
      silent = silenceOf(link) > link.silenceLimit;
      if (!silent && awaited && current == link) {
        watch(link);
      }
    }
    if (silent) {
      fail(link, "silent for more than " + link.silenceLimit + " ms", false);
    }
  }

  private ScheduledFuture<?> after(long millis, Runnable task) {
    return ground.scheduler().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  private long silenceOf(Link link) {
    return ground.clock().millis() - link.lastFrameAt;
  }

  /** From here on nothing the link says counts. Holds the lock. */
  private void detach(Link link) {
    link.stopWatching();
    subscriptions.stopTimers();
    if (current == link) {
      current = null;
    }
  }

  /** What the transport says about one link. */
  private final class Wire implements RealtimeTransport.Listener {
    private final Link link;

    Wire(Link link) {
      this.link = link;
    }

    @Override
    public void opened(RealtimeTransport.Connection opened) {
      link.connection(opened);
      step(RealtimeProtocol::opened);
    }

    @Override
    public void text(String message) {
      step(protocol -> protocol.received(message));
    }

    @Override
    public void closed(String reason, boolean unauthorized) {
      fail(link, reason, unauthorized);
    }

    private void step(Function<RealtimeProtocol, List<Effect>> move) {
      List<Effect> effects;
      synchronized (lock) {
        if (current != link) {
          return;
        }
        link.lastFrameAt = ground.clock().millis();
        effects = move.apply(link.protocol);
      }
      apply(link, effects);
    }
  }
}
