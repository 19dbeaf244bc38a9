// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-coding of URIs. Unlike in form coding, a plus sign is a plus sign. */
public final class PercentCoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentCoding() {}

  /** Decodes UTF-8; a malformed escape is kept. */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        int high = Character.digit(bytes[i + 1], 16);
        int low = Character.digit(bytes[i + 2], 16);
        if (high >= 0 && low >= 0) {
          decoded.write(high * 16 + low);
          i += 2;
          continue;
        }
      }
      decoded.write(bytes[i]);
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  /** Encodes all but RFC 3986's unreserved characters, and those in {@code alsoKept}. */
  public static String encode(String text, String alsoKept) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_.~".indexOf(c) >= 0
              || (c < 0x80 && alsoKept.indexOf(c) >= 0);
      if (unreserved) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }
}
