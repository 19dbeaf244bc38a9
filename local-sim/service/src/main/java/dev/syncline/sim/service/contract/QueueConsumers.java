// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Receives messages of queues without a thread and without a time-out. {@code sqs} provides it;
 * {@code lambda} uses it for event source mappings. Thread-safe.
 */
public interface QueueConsumers {
  /**
   * Settings of a queue that a consumer needs.
   *
   * @param visibility how long a received message is hidden
   */
  record Settings(boolean fifo, Duration visibility) {}

  /** A pending receive. */
  interface Pending {
    /**
     * The messages, at least one; none after {@link #stop}. Fails with {@code QueueDoesNotExist}
     * when the queue is deleted.
     */
    CompletableFuture<List<QueueMessage>> messages();

    /** Ends it, unless it has received messages. */
    void stop();
  }

  /** The settings now; empty when there is no such queue. */
  Optional<Settings> settings(String queueArn);

  /**
   * Waits for messages.
   *
   * @param most how many to take at once, at least 1
   * @throws dev.syncline.sim.service.AwsException {@code QueueDoesNotExist}
   */
  Pending receive(String queueArn, int most);

  /** Deletes a processed message. */
  void delete(String queueArn, QueueMessage message);

  /** Makes a message visible to other consumers at once. */
  void release(String queueArn, QueueMessage message);
}
