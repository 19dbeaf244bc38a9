// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

/** The destination of messages that were received too often. */
interface DeadLetters {
  /** Whether the queue exists. */
  boolean exists(String queueArn);

  /** Takes over a message with its receive count. */
  void move(String queueArn, Message message, int receives);
}
