// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JavaScript's encodeURI, encodeURIComponent and their inverses. */
final class UrlCoding {
  private static final String UNRESERVED = "-_.!~*'()";
  private static final String RESERVED = ";/?:@&=+$,#";

  private UrlCoding() {}

  static String code(String function, String text) {
    boolean component = function.endsWith("Component");
    try {
      return function.startsWith("encode")
          ? encode(text, component ? UNRESERVED : UNRESERVED + RESERVED)
          : decode(text, component ? "" : RESERVED);
    } catch (CharacterCodingException e) {
      throw JsonataException.of("D3140").value(text).with("functionName", function);
    }
  }

  private static String encode(String text, String kept) throws CharacterCodingException {
    StringBuilder encoded = new StringBuilder();
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      boolean plain = b < 0x80 && (Character.isLetterOrDigit(b) || kept.indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
    }
    return encoded.toString();
  }

  private static String decode(String text, String kept) throws CharacterCodingException {
    StringBuilder decoded = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '%') {
        decoded.append(text.charAt(at++));
        continue;
      }
      int first = octet(text, at);
      int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      ByteBuffer bytes = ByteBuffer.allocate(length);
      for (int i = 0; i < length; i++) {
        bytes.put((byte) octet(text, at + 3 * i));
      }
      String character = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      decoded.append(kept.contains(character) ? text.substring(at, at + 3 * length) : character);
      at += 3 * length;
    }
    return decoded.toString();
  }

  private static int octet(String text, int at) throws CharacterCodingException {
    if (at + 3 > text.length()
        || text.charAt(at) != '%'
        || Character.digit(text.charAt(at + 1), 16) < 0
        || Character.digit(text.charAt(at + 2), 16) < 0) {
      throw new CharacterCodingException();
    }
    return Integer.parseInt(text, at + 1, at + 3, 16);
  }
}
