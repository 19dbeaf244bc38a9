// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.Channel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where answers arrive. Implementations are thread-safe. */
interface ReplyInbox extends AutoCloseable {

  /** Registers one request. The caller closes the handle when the request ends. */
  ReplyHandle open(CorrelationId id);

  /** Drops the connection and its channels; later requests use new ones. */
  void renew();

  @Override
  default void close() {}

  /** One request's access to its answer. Confined to the request's thread. */
  interface ReplyHandle extends AutoCloseable {

    /** The channel for the answer; empty if the backend returns the answer itself. */
    Optional<Channel> replyTo();

    /**
     * Completes once the subscription is active; exceptionally, with a {@link
     * dev.syncline.bridge.realtime.SubscriptionException} that gives the reason, if it failed.
     */
    CompletableFuture<Void> ready();

    /** Whether only work that this environment has started can publish to this channel. */
    boolean isOwn();

    /**
     * Reports that the work's answer was found by polling, although it should have arrived on the
     * channel.
     */
    void missed();

    @Override
    void close();
  }
}
