// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.realtime.ReplySubscription;
import dev.syncline.publisher.Channel;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where answers arrive: one channel prefix and one subscription for this execution environment, and
 * the requests that wait behind it.
 *
 * <p>The prefix is random and chosen at first use, never while the function initialises: clones of
 * one snapshot would read each other's answers.
 *
 * <p>Thread-safe.
 */
final class ReplyInbox implements Inbox, ReplySubscription.Listener {

  private static final int ENVIRONMENT_BYTES = 16;

  /** How a subscription is made, once the channel is known. */
  @FunctionalInterface
  interface Subscriber {
    ReplySubscription subscribe(Channel channel, ReplySubscription.Listener listener);
  }

  private final String namespace;
  private final RandomGenerator random;
  private final Subscriber subscriber;
  private final PendingReplies pending;
  private final BridgeMetrics metrics;
  private final BridgeLog log;

  // Guarded by this.
  private @Nullable String prefix;
  private @Nullable ReplySubscription subscription;

  ReplyInbox(
      String namespace,
      RandomGenerator random,
      Subscriber subscriber,
      PendingReplies pending,
      BridgeMetrics metrics,
      BridgeLog log) {
    this.namespace = namespace;
    this.random = random;
    this.subscriber = subscriber;
    this.pending = pending;
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public Optional<Channel> replyTo(CorrelationId id) {
    return Optional.of(Channel.of(prefix() + "/" + id.value()));
  }

  @Override
  public CompletableFuture<Void> ready(CorrelationId id) {
    return subscription().ready();
  }

  @Override
  public void leave(PendingReply reply) {
    pending.leave(reply);
    ReplySubscription idle;
    synchronized (this) {
      idle = subscription;
    }
    if (idle != null && pending.size() == 0) {
      idle.idle();
    }
  }

  @Override
  public void event(String text) {
    try {
      metrics.count(pending.accept(ReplyEnvelope.parse(text)));
    } catch (ReplyEnvelope.Malformed e) {
      malformed("an event's envelope: " + e.getMessage());
    }
  }

  @Override
  public void malformed(String reason) {
    metrics.count(Counter.MALFORMED_EVENTS);
    log.warn("ignored what cannot be read", Map.of("reason", reason));
  }

  @Override
  public void lost(String reason) {
    metrics.count(Counter.SUBSCRIPTION_LOSSES);
    log.warn("reply subscription lost", Map.of("reason", reason, "waiting", pending.size()));
  }

  @Override
  public void eventsMayBeMissing(String reason) {
    log.warn("asking the backend", Map.of("reason", reason, "waiting", pending.size()));
    pending.wantReconcile();
  }

  @Override
  public boolean answersAwaited() {
    return pending.anyStarted();
  }

  @Override
  public void close() {
    ReplySubscription last;
    synchronized (this) {
      last = subscription;
    }
    if (last != null) {
      last.close();
    }
  }

  private synchronized String prefix() {
    if (prefix == null) {
      byte[] bits = new byte[ENVIRONMENT_BYTES];
      random.nextBytes(bits);
      prefix = "/" + namespace + "/env-" + HexFormat.of().formatHex(bits);
    }
    return prefix;
  }

  private synchronized ReplySubscription subscription() {
    if (subscription == null) {
      subscription = subscriber.subscribe(Channel.subscription(prefix() + "/*"), this);
    }
    return subscription;
  }
}
