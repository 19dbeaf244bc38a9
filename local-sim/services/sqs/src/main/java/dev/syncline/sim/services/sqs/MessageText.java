// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.AwsException;

/** What may be in a message. */
final class MessageText {
  private MessageText() {}

  /** Refuses characters that no XML document may hold, as the service does. */
  static void requireCharacters(String text) {
    boolean allowed =
        text.codePoints()
            .allMatch(
                c ->
                    c == 0x9
                        || c == 0xA
                        || c == 0xD
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
    if (!allowed) {
      throw AwsException.badRequest(
          "InvalidMessageContents",
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF"
              + " | #xE000 to #xFFFD | #x10000 to #x10FFFF");
    }
  }

  /** A group or deduplication id: 1 to 128 characters of printable ASCII. */
  static String requireId(String parameter, String id) {
    boolean allowed =
        !id.isEmpty() && id.length() <= 128 && id.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    if (!allowed) {
      throw SqsErrors.invalidValue(
          parameter,
          id,
          parameter
              + " can only include alphanumeric and punctuation characters. 1 to 128 in"
              + " length.");
    }
    return id;
  }
}
