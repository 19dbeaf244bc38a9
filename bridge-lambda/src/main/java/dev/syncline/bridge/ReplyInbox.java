// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.EventChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where answers arrive. Implementations are thread-safe. */
interface ReplyInbox extends AutoCloseable {

  /** A place for one request and the work it asks for; to be closed when the request ends. */
  ReplyHandle open(CorrelationId id);

  /** Forgets connection and channels: what comes after this uses others. */
  void renew();

  @Override
  default void close() {}

  /** One request's place. Confined to the request's thread. */
  interface ReplyHandle extends AutoCloseable {

    /** Where the answer is to be published; empty if it comes in another way. */
    Optional<EventChannel> replyTo();

    /**
     * Completes once an answer would arrive; exceptionally, with a {@link
     * dev.syncline.bridge.realtime.SubscriptionException} that gives the reason, if none would.
     */
    CompletableFuture<Void> ready();

    /** Whether what arrives here is for work that this environment has started, and no other. */
    boolean isOwn();

    /** The work's answer was found at the backend, while it should have arrived here. */
    void missed();

    @Override
    void close();
  }
}
