// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.bridge.realtime.RealtimeProtocol.Effect;
import dev.syncline.publisher.Credential;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Applies the effects of the protocol to the link they belong to: sends frames, completes
 * subscriptions, and delivers events. Thread-safe.
 */
record LinkEvents(
    LinkLifecycle lifecycle,
    LinkState state,
    ReplyListener listener,
    CredentialRenewal renewal,
    Clock clock) {
  /** The transport's listener for one link. */
  RealtimeTransport.Listener listenerOf(Link link) {
    return new Wire(link);
  }

  /** Applies effects in their order. The caller does not hold the lock. */
  void apply(Link link, List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send send -> link.send(send.frame());
        case Effect.Acknowledged ack -> acknowledged(link, ack.silenceLimitMillis());
        case Effect.Subscribed subscribed -> subscribed(link, subscribed.subscriptionId());
        case Effect.Refused refused -> refused(link, refused);
        case Effect.Event event -> event(event);
        case Effect.Failed failed -> lifecycle.fail(link, failed.reason(), failed.unauthorized());
        case Effect.EventLost lost -> listener.eventsMayBeMissing(lost.reason());
        case Effect.Malformed malformed -> listener.malformed(malformed.reason());
      }
    }
  }

  private void event(Effect.Event event) {
    ReplySubscription to;
    synchronized (state) {
      to = state.subscriptions.byWireId(event.subscriptionId());
    }
    if (to != null) {
      listener.event(to.key, event.text());
    }
  }

  private void acknowledged(Link link, long silenceLimitMillis) {
    List<Effect> effects = new ArrayList<>();
    try {
      synchronized (state) {
        if (state.current != link) {
          return;
        }
        link.acknowledged = true;
        link.silenceLimit = silenceLimitMillis;
        for (ReplySubscription each : state.subscriptions.all()) {
          effects.addAll(state.subscriptions.request(link, each));
        }
      }
    } catch (RuntimeException e) {
      // Signing failed. The message may quote a secret, so only the exception's class is reported.
      lifecycle.fail(
          link, "a subscription could not be signed: " + e.getClass().getSimpleName(), false);
      return;
    }
    apply(link, effects);
  }

  private void subscribed(Link link, String wireId) {
    CompletableFuture<Void> ready;
    boolean all;
    boolean first;
    long took;
    synchronized (state) {
      ReplySubscription done = state.subscriptions.byWireId(wireId);
      if (state.current != link || done == null) {
        return;
      }
      done.stopTimer();
      ready = done.ready;
      first = !link.subscribed;
      if (first) {
        link.subscribedAt = clock.millis();
      }
      link.subscribed = true;
      state.established = true;
      state.pause.reset();
      lifecycle.watch(link);
      took = clock.millis() - state.connectingSince;
      all = link.replacement && !link.announced && state.subscriptions.allAcknowledgedBut(done);
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

  /** Fails one subscription, or the whole link if the link has no acknowledged subscription. */
  private void refused(Link link, Effect.Refused refusal) {
    ReplySubscription wanted;
    Credential used;
    boolean renew;
    synchronized (state) {
      wanted = state.subscriptions.byWireId(refusal.subscriptionId());
      if (state.current != link || wanted == null) {
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
      lifecycle.fail(link, refusal.reason(), refusal.unauthorized());
    } else if (renew) {
      requestWithRenewedCredential(link, wanted, used, refusal.reason());
    } else {
      wanted.ready.completeExceptionally(new SubscriptionException(refusal.reason()));
    }
  }

  /** The key was rotated while the link stayed open: only this subscription needs the new key. */
  private void requestWithRenewedCredential(
      Link link, ReplySubscription wanted, Credential used, String reason) {
    renewal.replace(
        used,
        reason,
        replacement -> {
          List<Effect> effects;
          synchronized (state) {
            if (state.current != link || !state.subscriptions.contains(wanted)) {
              return;
            }
            link.credential = replacement;
            effects = state.subscriptions.request(link, wanted);
          }
          apply(link, effects);
        },
        why -> {
          synchronized (state) {
            wanted.stopTimer();
          }
          wanted.ready.completeExceptionally(new SubscriptionException(why));
        });
  }

  /** Feeds one link's transport events to its protocol. */
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
      lifecycle.fail(link, reason, unauthorized);
    }

    private void step(Function<RealtimeProtocol, List<Effect>> input) {
      List<Effect> effects;
      synchronized (state) {
        if (state.current != link) {
          return;
        }
        link.lastFrameAt = clock.millis();
        effects = input.apply(link.protocol);
      }
      apply(link, effects);
    }
  }
}
