// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.publisher.Channel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where answers arrive. Implementations are thread-safe. */
interface Inbox extends AutoCloseable {

  /** Where the answer for this work is to be published; empty if it comes in another way. */
  Optional<Channel> replyTo(CorrelationId id);

  /**
   * Completes once an answer for this work would arrive; exceptionally, with a {@link
   * dev.syncline.bridge.realtime.SubscriptionException} that gives the reason, if none would.
   */
  CompletableFuture<Void> ready(CorrelationId id);

  /** A request has got its answer, or gives up. */
  void leave(PendingReply reply);

  @Override
  default void close() {}
}
