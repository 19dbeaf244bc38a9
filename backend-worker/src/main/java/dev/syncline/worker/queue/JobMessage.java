// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message received from a queue. Immutable.
 *
 * @param messageId the queue's id of the message
 * @param receipt the receipt handle, to delete or extend the message
 * @param body the job, a JSON text
 * @param receiveCount how often it has been received, including this time
 * @param inQueue how long it was in the queue before it was received for the first time, by the
 *     queue's clock, so that clock differences do not matter
 * @param stillToWait the remaining delay that a worker wrote when it put the message back, or null
 */
public record JobMessage(
    String messageId,
    String receipt,
    String body,
    int receiveCount,
    Duration inQueue,
    @Nullable Duration stillToWait) {

  /** The message attribute that carries {@link #stillToWait}, in milliseconds. */
  public static final String STILL_TO_WAIT = "SynclineStillToWaitMs";

  /** The remaining part of the job's delay. */
  public Duration remaining(Duration delay) {
    Duration left = stillToWait != null ? stillToWait : delay.minus(inQueue);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Shows the message's id, never its body. */
  @Override
  public String toString() {
    return "message " + messageId + " (received " + receiveCount + " times)";
  }
}
