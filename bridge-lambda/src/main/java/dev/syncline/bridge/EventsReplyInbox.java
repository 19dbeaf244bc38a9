// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeConfig.ReplyMode;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.realtime.ReplyConnection;
import dev.syncline.bridge.realtime.ReplyListener;
import dev.syncline.bridge.realtime.SubscriptionException;
import dev.syncline.publisher.Channel;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Receives answers over AppSync Events: one connection for this execution environment, shared by
 * its requests.
 *
 * <p>In mode {@link ReplyMode#WILDCARD} there is one subscription, to all channels below a random
 * prefix. The prefix is chosen at first use, never during the function's initialisation, because
 * clones of one snapshot would read each other's answers. In mode {@link ReplyMode#PER_REQUEST}
 * each piece of work has its own channel. The bridge subscribes to it before it starts the work,
 * and unsubscribes afterwards.
 *
 * <p>The service closes a connection after 24 hours. After {@value #MAX_AGE_MILLIS} ms, less a
 * random part of an hour, new requests use a new connection. The old one is closed when its last
 * request has ended, so no event is lost.
 *
 * <p>Thread-safe.
 */
final class EventsReplyInbox implements ReplyInbox {

  static final long MAX_AGE_MILLIS = 23L * 3_600_000;
  private static final long MAX_JITTER_MILLIS = 3_600_000;
  private static final int ENVIRONMENT_BYTES = 16;
  private static final String WILDCARD_KEY = "reply";

  private final String namespace;
  private final ReplyMode mode;
  private final Clock clock;
  private final RandomGenerator random;
  private final Function<ReplyListener, ReplyConnection> connections;
  private final ReplyListener listener;
  private final MissedReplies missed;

  // Guarded by this.
  private @Nullable ConnectionEpoch current;
  private boolean closed;

  EventsReplyInbox(
      String namespace,
      ReplyMode mode,
      Clock clock,
      RandomGenerator random,
      Function<ReplyListener, ReplyConnection> connections,
      ReplyListener listener,
      MissedReplies missed) {
    this.namespace = namespace;
    this.mode = mode;
    this.clock = clock;
    this.random = random;
    this.connections = connections;
    this.listener = listener;
    this.missed = missed;
  }

  @Override
  public synchronized ReplyHandle open(CorrelationId id) {
    ConnectionEpoch epoch = current;
    if (epoch != null && !epoch.takes(id, clock.millis())) {
      epoch.supersede();
      epoch = null;
    }
    if (epoch == null) {
      epoch = new ConnectionEpoch();
      current = epoch;
      if (closed) {
        epoch.connection.close();
      }
    }
    return epoch.enter(id);
  }

  @Override
  public void renew() {
    ConnectionEpoch old;
    synchronized (this) {
      old = current;
      current = null;
    }
    if (old != null) {
      old.connection.close();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    renew();
  }

  /** One connection, its channels, and its requests. Guarded by the inbox. */
  private final class ConnectionEpoch {
    private final ReplyConnection connection = connections.apply(listener);
    private final String prefix;
    private final long expiresAt;
    private final Set<EventsReplyHandle> handles = new HashSet<>();
    private boolean superseded;

    ConnectionEpoch() {
      if (mode == ReplyMode.WILDCARD) {
        byte[] bits = new byte[ENVIRONMENT_BYTES];
        random.nextBytes(bits);
        prefix = "/" + namespace + "/env-" + HexFormat.of().formatHex(bits);
      } else {
        prefix = "/" + namespace;
      }
      expiresAt = clock.millis() + MAX_AGE_MILLIS - random.nextLong(MAX_JITTER_MILLIS);
    }

    boolean takes(CorrelationId id, long now) {
      boolean full =
          mode == ReplyMode.PER_REQUEST && handles.size() >= ReplyConnection.MAX_SUBSCRIPTIONS;
      return now < expiresAt && !(full && !has(id));
    }

    EventsReplyHandle enter(CorrelationId id) {
      EventsReplyHandle handle = new EventsReplyHandle(this, id);
      handles.add(handle);
      return handle;
    }

    boolean has(CorrelationId id) {
      return handles.stream().anyMatch(handle -> handle.id.equals(id));
    }

    void supersede() {
      superseded = true;
      if (handles.isEmpty()) {
        connection.close();
      }
    }

    void leave(EventsReplyHandle handle) {
      if (!handles.remove(handle)) {
        return;
      }
      if (superseded && handles.isEmpty()) {
        connection.close();
        return;
      }
      if (mode == ReplyMode.PER_REQUEST && !has(handle.id)) {
        connection.unsubscribe(handle.id.value());
      }
      if (handles.isEmpty()) {
        connection.idle();
      }
    }
  }

  private final class EventsReplyHandle implements ReplyHandle {
    private final ConnectionEpoch epoch;
    private final CorrelationId id;
    private volatile long readySince = Long.MAX_VALUE;
    private volatile boolean closed;

    EventsReplyHandle(ConnectionEpoch epoch, CorrelationId id) {
      this.epoch = epoch;
      this.id = id;
    }

    @Override
    public Optional<Channel> replyTo() {
      return Optional.of(Channel.of(epoch.prefix + "/" + id.value()));
    }

    @Override
    public CompletableFuture<Void> ready() {
      if (closed) {
        // The request has ended; a subscription made now would never be closed.
        return CompletableFuture.failedFuture(new SubscriptionException("its request has ended"));
      }
      readySince = clock.millis();
      return mode == ReplyMode.WILDCARD
          ? epoch.connection.subscribe(WILDCARD_KEY, Channel.subscription(epoch.prefix + "/*"))
          : epoch.connection.subscribe(
              id.value(), Channel.subscription(epoch.prefix + "/" + id.value()));
    }

    @Override
    public boolean isOwn() {
      return mode == ReplyMode.WILDCARD;
    }

    @Override
    public void missed() {
      long since = readySince;
      missed.missed(
          id,
          () ->
              epoch.connection.replaceIfOlder(
                  since, "an answer that it should have delivered did not arrive"));
    }

    @Override
    public void close() {
      closed = true;
      synchronized (EventsReplyInbox.this) {
        epoch.leave(this);
      }
    }
  }
}
