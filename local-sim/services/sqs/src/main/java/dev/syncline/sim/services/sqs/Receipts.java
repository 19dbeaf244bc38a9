// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Receipt handles. They name the queue, the message's place in it and the receive, so that a handle
 * of another queue is distinguished from an old one.
 */
final class Receipts {
  private Receipts() {}

  static String of(String queueArn, long sequence, int receive, String nonce) {
    String content = queueArn + "|" + sequence + "|" + receive + "|" + nonce;
    return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place of the message that the handle is for.
   *
   * @throws dev.syncline.sim.service.AwsException for a handle of no or another queue
   */
  static long sequence(String queueArn, String handle) {
    try {
      String content = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8);
      String[] parts = content.split("\\|", -1);
      if (parts.length == 4 && parts[0].equals(queueArn)) {
        return Long.parseLong(parts[1]);
      }
    } catch (IllegalArgumentException notOurs) {
      // Refused below.
    }
    throw SqsErrors.invalidReceipt(handle);
  }
}
