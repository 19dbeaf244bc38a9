// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.publisher.Channel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** For a backend that gives its answers itself. Thread-safe. */
final class NoInbox implements Inbox {

  private final PendingReplies pending;

  NoInbox(PendingReplies pending) {
    this.pending = pending;
  }

  @Override
  public Optional<Channel> replyTo(CorrelationId id) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<Void> ready(CorrelationId id) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void leave(PendingReply reply) {
    pending.leave(reply);
  }
}
