// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.Channel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The inbox for a backend that returns its answers itself. Thread-safe. */
final class NoReplyInbox implements ReplyInbox {

  private static final ReplyHandle HANDLE =
      new ReplyHandle() {
        @Override
        public Optional<Channel> replyTo() {
          return Optional.empty();
        }

        @Override
        public CompletableFuture<Void> ready() {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isOwn() {
          return true;
        }

        @Override
        public void missed() {}

        @Override
        public void close() {}
      };

  @Override
  public ReplyHandle open(CorrelationId id) {
    return HANDLE;
  }

  @Override
  public void renew() {}
}
