// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.nio.charset.StandardCharsets;

/** Strings as DynamoDB measures and orders them: by their UTF-8 bytes. */
public final class Utf8 {
  private Utf8() {}

  /** The bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The number of bytes, counted without making them. */
  public static int length(String text) {
    int length = text.length();
    int bytes = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A pair of surrogates is four bytes in all.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  /** Compares by UTF-8 bytes: by code points, where {@link String#compareTo} goes by UTF-16. */
  public static int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean pairA = Character.isSurrogate(a);
        return pairA == Character.isSurrogate(b) ? a - b : pairA ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  /** Whether every surrogate is one of a pair, so that the text has a UTF-8 form. */
  static boolean isWellFormed(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
