// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: invalid text is reported, not replaced. Stateless and thread-safe. */
final class Utf8 {

  /** The result of {@link #length} for a text that UTF-8 cannot encode. */
  static final int UNENCODABLE = -1;

  private Utf8() {}

  /**
   * The number of bytes of {@code text}; {@link #UNENCODABLE} if the text contains an unpaired
   * surrogate.
   */
  static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (pairAt(text, i)) {
        bytes += 4;
        i++;
      } else {
        return UNENCODABLE;
      }
    }
    return bytes;
  }

  /** The text, with U+FFFD for every unpaired surrogate. */
  static String repaired(String text) {
    if (length(text) != UNENCODABLE) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        repaired.append(c);
      } else if (pairAt(text, i)) {
        repaired.append(c).append(text.charAt(++i));
      } else {
        repaired.append('\uFFFD');
      }
    }
    return repaired.toString();
  }

  /** Decodes strictly. */
  static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static boolean pairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
