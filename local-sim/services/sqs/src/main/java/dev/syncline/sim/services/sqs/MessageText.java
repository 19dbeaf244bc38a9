// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

/** Checks the texts of messages. */
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
      throw SqsErrors.invalidCharacters();
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
