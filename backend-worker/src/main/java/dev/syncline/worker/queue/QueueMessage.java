// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message as the queue gave it. Immutable.
 *
 * @param messageId the queue's name for it
 * @param receipt what this receipt of it is deleted or extended by
 * @param body the job, a JSON text
 * @param receiveCount how often it has been received, this time included
 * @param inQueue how long it was in the queue before it was received for the first time, by the
 *     queue's own clock, so that no other clock has to agree with it
 * @param stillToWait what a worker that put it back wrote down, or null
 */
public record QueueMessage(
    String messageId,
    String receipt,
    String body,
    int receiveCount,
    Duration inQueue,
    @Nullable Duration stillToWait) {

  /** The message attribute that carries {@link #stillToWait}, in milliseconds. */
  public static final String STILL_TO_WAIT = "SynclineStillToWaitMs";

  /** How long the job has to wait yet, when it is to wait so long in all. */
  public Duration remaining(Duration delay) {
    Duration left = stillToWait != null ? stillToWait : delay.minus(inQueue);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Names the message, never its body. */
  @Override
  public String toString() {
    return "message " + messageId + " (received " + receiveCount + " times)";
  }
}
