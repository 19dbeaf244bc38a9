// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

/** Where messages go that were received too often. */
interface DeadLetters {
  /** Whether there is such a queue. */
  boolean exists(String queueArn);

  /** Takes over a message with its receive count. */
  void move(String queueArn, Message message, int receives);
}
