// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import java.time.Duration;
import java.util.List;

/**
 * The queue as a worker sees it. Implementations are thread-safe; every method may throw what its
 * client throws.
 */
public interface JobQueue extends AutoCloseable {
  /** The most messages that one call gives. */
  int MAX_BATCH = 10;

  /** The longest that a message can be delayed: 15 minutes. */
  Duration MAX_DELAY = Duration.ofMinutes(15);

  /** The longest that a message can be invisible: 12 hours. */
  Duration MAX_VISIBILITY = Duration.ofHours(12);

  /**
   * Whether messages keep their order, and a message cannot be delayed by itself.
   *
   * <p>Source: SQS developer guide, "FIFO queues don't support per-message delays".
   */
  boolean isFifo();

  /**
   * Waits for messages, and makes what it gives invisible to others.
   *
   * @param max 1 to {@link #MAX_BATCH}
   * @param wait how long to wait when there is none, whole seconds up to 20
   * @param visibility whole seconds
   */
  List<QueueMessage> receive(int max, Duration wait, Duration visibility);

  /** Takes the message out for good. */
  void delete(QueueMessage message);

  /** Makes it visible to others when this time has passed; zero is now. */
  void hide(QueueMessage message, Duration time);

  /**
   * Puts a copy of the message into the queue that becomes visible after the delay and says how
   * long it still has to wait then.
   */
  void sendAgain(QueueMessage message, Duration delay, Duration stillToWait);

  @Override
  default void close() {}
}
