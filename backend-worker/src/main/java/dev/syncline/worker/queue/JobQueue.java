// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import java.time.Duration;
import java.util.List;

/**
 * The port to a queue. Implementations are thread-safe; every method may throw its client's
 * exceptions.
 */
public interface JobQueue extends AutoCloseable {
  /** The maximum number of messages of one call. */
  int MAX_BATCH = 10;

  /** The maximum delay of a message: 15 minutes. */
  Duration MAX_DELAY = Duration.ofMinutes(15);

  /** The maximum visibility timeout: 12 hours. */
  Duration MAX_VISIBILITY = Duration.ofHours(12);

  /**
   * Whether the queue keeps the order, and has no delay for single messages.
   *
   * <p>Source: SQS developer guide, "FIFO queues don't support per-message delays".
   */
  boolean isFifo();

  /**
   * Waits for messages, and makes the returned ones invisible to other consumers.
   *
   * @param max 1 to {@link #MAX_BATCH}
   * @param wait how long to wait for a message, whole seconds up to 20
   * @param visibility whole seconds
   */
  List<JobMessage> receive(int max, Duration wait, Duration visibility);

  /** Deletes the message. */
  void delete(JobMessage message);

  /** Makes the message visible to other consumers after this time; zero is now. */
  void hide(JobMessage message, Duration time);

  /**
   * Sends a copy of the message that becomes visible after the delay, with the time that it must
   * wait after that.
   */
  void sendAgain(JobMessage message, Duration delay, Duration stillToWait);

  @Override
  default void close() {}
}
