// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.Credential;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One subscription that is kept: connected when first needed, found out when dead, connected again
 * while answers are awaited.
 *
 * <p>A connection is dead when it closes, when it fails, when it is silent for longer than the
 * service's {@code connectionTimeoutMs}, and when {@link #ready()} finds that the last frame is
 * older than that: the environment may have been frozen meanwhile, and then no timer ran either. A
 * lost connection is replaced after a random pause (full jitter, {@value #FIRST_PAUSE_MILLIS} ms
 * doubling to {@value #LONGEST_PAUSE_MILLIS} ms) as long as answers are awaited. Refused
 * credentials are renewed once.
 *
 * <p>Thread-safe. Blocks only to fetch credentials, on the thread that calls {@link #ready()} or on
 * the I/O executor; timers run on the scheduler and never block it.
 */
public final class ReplySubscription implements AutoCloseable {

  static final long FIRST_PAUSE_MILLIS = 100;
  static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** What a subscription tells. Called without locks; must not block. */
  public interface Listener {

    /** An event came. */
    void event(String text);

    /** A frame was not understood and left alone. */
    void malformed(String reason);

    /** The subscription is lost. */
    void lost(String reason);

    /** The subscription is back, or the service could not deliver: ask for what is awaited. */
    void eventsMayBeMissing(String reason);

    /** Whether to connect again after a loss. */
    boolean answersAwaited();
  }

  /**
   * Where, and for how long.
   *
   * @param uri of the WebSocket
   * @param httpHost the API's HTTP host, which the credentials name
   * @param channel what to subscribe to
   * @param acknowledgeMillis how long connecting and subscribing may take
   */
  public record Settings(URI uri, String httpHost, Channel channel, long acknowledgeMillis) {}

  private final Settings settings;
  private final Authorization authorization;
  private final RealtimeTransport transport;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private final RandomGenerator random;
  private final Executor io;
  private final Listener listener;

  private final Object lock = new Object();

  // Guarded by lock.
  private @Nullable Link current;
  private @Nullable ScheduledFuture<?> retry;
  private int failures;
  private int links;
  private boolean subscribedBefore;
  private boolean closed;

  public ReplySubscription(
      Settings settings,
      Authorization authorization,
      RealtimeTransport transport,
      Clock clock,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      Executor io,
      Listener listener) {
    this.settings = settings;
    this.authorization = authorization;
    this.transport = transport;
    this.clock = clock;
    this.scheduler = scheduler;
    this.random = random;
    this.io = io;
    this.listener = listener;
  }

  /**
   * Completes once the subscription is acknowledged and alive; exceptionally, with a {@link
   * SubscriptionException} that gives the reason, if it cannot be had. Many callers share one
   * attempt.
   */
  public CompletableFuture<Void> ready() {
    Link frozen = null;
    Link fresh;
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(new SubscriptionException("it is closed"));
      }
      if (current != null && current.subscribed && silenceOf(current) > current.silenceLimit) {
        frozen = current;
        detach(frozen);
      }
      if (current != null) {
        if (current.subscribed) {
          watch(current);
        }
        return current.ready;
      }
      if (retry != null) {
        retry.cancel(false);
        retry = null;
      }
      fresh = new Link(new CompletableFuture<>(), false, subscribedBefore);
      current = fresh;
    }
    if (frozen != null) {
      frozen.drop();
      listener.lost("silent for too long; the environment may have been frozen");
    }
    open(fresh, null);
    return fresh.ready;
  }

  /** No answer is awaited: no timer is kept until {@link #ready()} is called again. */
  public void idle() {
    synchronized (lock) {
      if (current != null && current.watchdog != null) {
        current.watchdog.cancel(false);
        current.watchdog = null;
      }
    }
  }

  @Override
  public void close() {
    Link last;
    synchronized (lock) {
      closed = true;
      last = current;
      if (last != null) {
        detach(last);
      }
      if (retry != null) {
        retry.cancel(false);
      }
    }
    if (last != null) {
      last.drop();
      last.ready.completeExceptionally(new SubscriptionException("it is closed"));
    }
  }

  private void open(Link link, @Nullable Credential given) {
    try {
      Credential credential = given == null ? authorization.credential() : given;
      synchronized (lock) {
        if (current != link) {
          return;
        }
        link.credential = credential;
        link.protocol =
            new RealtimeProtocol(
                "reply-" + ++links,
                settings.channel(),
                credential.realtimeJson(settings.httpHost()));
        link.acknowledgeTimer =
            scheduler.schedule(
                () -> unacknowledged(link), settings.acknowledgeMillis(), TimeUnit.MILLISECONDS);
      }
      link.connection(
          transport.connect(
              settings.uri(),
              List.of(
                  RealtimeProtocol.SUBPROTOCOL,
                  credential.realtimeSubprotocol(settings.httpHost())),
              link));
    } catch (RuntimeException e) {
      // What such a message quotes is not known here, so only its kind goes further.
      fail(link, "no connection could be begun: " + e.getClass().getSimpleName(), false);
    }
  }

  private void unacknowledged(Link link) {
    String awaited;
    synchronized (lock) {
      awaited = link.protocol == null ? "the connection" : link.protocol.awaited();
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
        case Effect.Subscribed subscribed -> subscribed(link, subscribed.silenceLimitMillis());
        case Effect.Event event -> listener.event(event.text());
        case Effect.Failed failed -> fail(link, failed.reason(), failed.unauthorized());
        case Effect.EventLost lost -> listener.eventsMayBeMissing(lost.reason());
        case Effect.Malformed malformed -> listener.malformed(malformed.reason());
      }
    }
  }

  private void subscribed(Link link, long silenceLimitMillis) {
    synchronized (lock) {
      if (current != link) {
        return;
      }
      link.subscribed = true;
      link.silenceLimit = silenceLimitMillis;
      link.cancelTimers();
      watch(link);
      failures = 0;
      subscribedBefore = true;
    }
    link.ready.complete(null);
    if (link.replacement) {
      listener.eventsMayBeMissing("subscribed again after a loss");
    }
  }

  private void fail(Link link, String reason, boolean unauthorized) {
    Link renewed = null;
    synchronized (lock) {
      if (current != link) {
        return;
      }
      detach(link);
      if (unauthorized && !link.renewed && link.credential != null && !link.subscribed) {
        renewed = new Link(link.ready, true, link.replacement);
        current = renewed;
      }
    }
    link.drop();
    if (renewed != null && link.credential != null) {
      renew(renewed, link.credential, reason);
      return;
    }
    link.ready.completeExceptionally(new SubscriptionException(reason));
    if (link.subscribed) {
      listener.lost(reason);
    }
    if ((link.subscribed || link.replacement) && listener.answersAwaited()) {
      retryLater();
    }
  }

  private void renew(Link link, Credential refused, String reason) {
    io.execute(
        () -> {
          Optional<Credential> replacement;
          try {
            replacement = authorization.replacementFor(refused);
          } catch (RuntimeException e) {
            fail(link, reason + "; no newer key could be read", false);
            return;
          }
          if (replacement.isPresent()) {
            open(link, replacement.get());
          } else {
            fail(link, reason, false);
          }
        });
  }

  private void retryLater() {
    synchronized (lock) {
      if (closed || current != null || retry != null) {
        return;
      }
      long bound = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 16));
      failures++;
      retry =
          scheduler.schedule(
              () -> io.execute(this::retry), random.nextLong(bound + 1), TimeUnit.MILLISECONDS);
    }
  }

  private void retry() {
    synchronized (lock) {
      retry = null;
    }
    if (listener.answersAwaited()) {
      ready();
    }
  }

  /** Sees to it that silence is noticed. Holds the lock. */
  private void watch(Link link) {
    if (link.watchdog == null) {
      long left = Math.max(0, link.silenceLimit - silenceOf(link)) + 1;
      link.watchdog = scheduler.schedule(() -> checkSilence(link), left, TimeUnit.MILLISECONDS);
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

  private long silenceOf(Link link) {
    return clock.millis() - link.lastFrameAt;
  }

  /** From here on nothing the link says counts. Holds the lock. */
  private void detach(Link link) {
    link.cancelTimers();
    if (current == link) {
      current = null;
    }
  }

  /** One connection from its beginning to its end. Its fields are guarded by the outer lock. */
  private final class Link implements RealtimeTransport.Listener {
    final CompletableFuture<Void> ready;
    final boolean renewed;
    final boolean replacement;
    volatile boolean subscribed;
    volatile long silenceLimit = RealtimeProtocol.DEFAULT_CONNECTION_TIMEOUT_MILLIS;
    volatile @Nullable Credential credential;
    long lastFrameAt = clock.millis();
    @Nullable RealtimeProtocol protocol;
    @Nullable ScheduledFuture<?> acknowledgeTimer;
    @Nullable ScheduledFuture<?> watchdog;
    private volatile RealtimeTransport.@Nullable Connection connection;
    private volatile boolean dropped;

    Link(CompletableFuture<Void> ready, boolean renewed, boolean replacement) {
      this.ready = ready;
      this.renewed = renewed;
      this.replacement = replacement;
    }

    @Override
    public void opened(RealtimeTransport.Connection opened) {
      connection(opened);
      step(RealtimeProtocol::opened);
    }

    @Override
    public void text(String message) {
      step(protocol -> protocol.received(message));
    }

    @Override
    public void closed(String reason, boolean unauthorized) {
      fail(this, reason, unauthorized);
    }

    private void step(Function<RealtimeProtocol, List<Effect>> move) {
      List<Effect> effects;
      synchronized (lock) {
        if (current != this || protocol == null) {
          return;
        }
        lastFrameAt = clock.millis();
        effects = move.apply(protocol);
      }
      apply(this, effects);
    }

    void connection(RealtimeTransport.Connection made) {
      connection = made;
      if (dropped) {
        made.close();
      }
    }

    void send(String frame) {
      RealtimeTransport.Connection target = connection;
      if (target != null) {
        target.send(frame);
      }
    }

    void drop() {
      dropped = true;
      RealtimeTransport.Connection open = connection;
      if (open != null) {
        open.close();
      }
    }

    void cancelTimers() {
      if (acknowledgeTimer != null) {
        acknowledgeTimer.cancel(false);
        acknowledgeTimer = null;
      }
      if (watchdog != null) {
        watchdog.cancel(false);
        watchdog = null;
      }
    }
  }
}
