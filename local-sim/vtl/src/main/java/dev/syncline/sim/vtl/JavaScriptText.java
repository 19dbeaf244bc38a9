// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.HexFormat;

/** {@code $util.escapeJavaScript}, the same in every service. Stateless. */
public final class JavaScriptText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private JavaScriptText() {}

  /**
   * A text that can stand in quotes in JavaScript. Escapes quotes of both kinds, slashes of both
   * kinds, and what is not printable ASCII.
   */
  public static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\'', '\\', '/' -> escaped.append('\\').append(c);
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            escaped.append("\\u").append(HEX.toHexDigits(c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
