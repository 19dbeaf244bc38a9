// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A receive that waits for messages. Guarded by the queue's lock, but for the future. */
final class Receive {
  final int max;
  final @Nullable Duration visibility;

  /** Whether the consumer works in real time. */
  final boolean realTime;

  final CompletableFuture<List<ReceivedMessage>> result = new CompletableFuture<>();
  @Nullable Timer timeout;

  /**
   * A receive.
   *
   * @param max at least 1
   * @param visibility how long the messages are hidden; null for the queue's own setting
   */
  Receive(int max, @Nullable Duration visibility, boolean realTime) {
    this.max = max;
    this.visibility = visibility;
    this.realTime = realTime;
  }
}
