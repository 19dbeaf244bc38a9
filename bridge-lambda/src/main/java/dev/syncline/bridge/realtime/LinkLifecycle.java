// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Credential;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the links of one {@link ReplyConnection}, detects dead ones, and reconnects while replies
 * are pending. A link is dead when it closes or fails, when a subscription is not acknowledged in
 * time, and when no frame has come for the service's {@code connectionTimeoutMs}.
 *
 * <p>Thread-safe. The methods that say so expect that the caller holds the lock of the {@link
 * LinkState}.
 */
final class LinkLifecycle {
  private final ReplyConnectionSettings settings;
  private final ReplyConnectionDependencies dependencies;
  private final ReplyListener listener;
  private final LinkState state;
  private final CredentialRenewal renewal;
  private final LinkEvents events;
  // Guarded by state.
  private @Nullable ScheduledFuture<?> retry;

  LinkLifecycle(
      ReplyConnectionSettings settings,
      ReplyConnectionDependencies dependencies,
      ReplyListener listener,
      LinkState state) {
    this.settings = settings;
    this.dependencies = dependencies;
    this.listener = listener;
    this.state = state;
    this.renewal = new CredentialRenewal(dependencies.authorization(), dependencies.io());
    this.events = new LinkEvents(this, state, listener, renewal, dependencies.clock());
  }

  LinkEvents events() {
    return events;
  }

  /** Makes a new current link and resets every subscription for it. Holds the lock. */
  Link begin(boolean renewed, boolean replacement) {
    cancelRetry();
    Link fresh = new Link(dependencies.clock().millis(), renewed, replacement);
    state.current = fresh;
    state.connectingSince = fresh.lastFrameAt;
    state.subscriptions.reset();
    state.subscriptions.all().forEach(each -> startAcknowledgeTimer(fresh, each));
    return fresh;
  }

  /**
   * Connects a link. Blocks to fetch credentials.
   *
   * @param given the credential to use; null to ask for the current one
   */
  void open(Link link, @Nullable Credential given) {
    try {
      Credential credential = given == null ? dependencies.authorization().credential() : given;
      synchronized (state) {
        if (state.current != link) {
          return;
        }
        link.credential = credential;
      }
      link.connection(
          dependencies
              .transport()
              .connect(
                  settings.uri(),
                  List.of(
                      RealtimeProtocol.SUBPROTOCOL,
                      credential.connectSubprotocol(settings.httpHost())),
                  events.listenerOf(link)));
    } catch (RuntimeException e) {
      // The message may quote a secret, so only the exception's class is reported.
      fail(link, "the connection could not be opened: " + e.getClass().getSimpleName(), false);
    }
  }

  /** Ignores all further frames of this link. Holds the lock. */
  void detach(Link link) {
    link.stopWatching();
    state.subscriptions.stopTimers();
    if (state.current == link) {
      state.current = null;
    }
  }

  /** Fails the link if the subscription is not acknowledged in time. Holds the lock. */
  void startAcknowledgeTimer(Link link, ReplySubscription wanted) {
    wanted.timer = after(settings.acknowledgeMillis(), () -> unacknowledged(link, wanted));
  }

  private void unacknowledged(Link link, ReplySubscription wanted) {
    String awaited;
    synchronized (state) {
      if (state.current != link
          || !state.subscriptions.contains(wanted)
          || wanted.isAcknowledged()) {
        return;
      }
      awaited = link.protocol.awaited();
    }
    fail(
        link,
        "no answer within " + settings.acknowledgeMillis() + " ms, waiting for " + awaited,
        false);
  }

  /**
   * Drops a dead link. Retries once with renewed credentials if the service refused them; otherwise
   * fails the pending subscriptions and schedules a reconnection if replies are pending.
   */
  void fail(Link link, String reason, boolean unauthorized) {
    Link next = null;
    Credential refused;
    List<CompletableFuture<Void>> waiting;
    boolean again;
    synchronized (state) {
      if (state.current != link) {
        return;
      }
      detach(link);
      refused = link.credential;
      if (unauthorized && !link.renewed && refused != null && !link.subscribed) {
        next = begin(true, link.replacement);
      }
      waiting = state.subscriptions.all().stream().map(s -> s.ready).toList();
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
    synchronized (state) {
      if (state.closed || state.current != null || retry != null) {
        return;
      }
      retry = after(state.pause.nextMillis(), () -> dependencies.io().execute(this::retry));
    }
  }

  private void retry() {
    Link fresh;
    boolean awaited = listener.answersAwaited();
    synchronized (state) {
      retry = null;
      if (state.closed || state.current != null || !awaited) {
        return;
      }
      fresh = begin(false, state.established);
    }
    open(fresh, null);
  }

  /** Holds the lock. */
  void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  /** Starts the idle watchdog unless it runs. Holds the lock. */
  void watch(Link link) {
    if (link.watchdog == null) {
      long left = Math.max(0, link.silenceLimit - silenceOf(link)) + 1;
      link.watchdog = after(left, () -> checkSilence(link));
    }
  }

  private void checkSilence(Link link) {
    boolean awaited = listener.answersAwaited();
    boolean silent;
    synchronized (state) {
      link.watchdog = null;
      silent = silenceOf(link) > link.silenceLimit;
      if (!silent && awaited && state.current == link) {
        watch(link);
      }
    }
    if (silent) {
      fail(link, "silent for more than " + link.silenceLimit + " ms", false);
    }
  }

  /** The time since the link's last frame, in milliseconds. Holds the lock. */
  long silenceOf(Link link) {
    return dependencies.clock().millis() - link.lastFrameAt;
  }

  private ScheduledFuture<?> after(long millis, Runnable task) {
    return dependencies.scheduler().schedule(task, millis, TimeUnit.MILLISECONDS);
  }
}
