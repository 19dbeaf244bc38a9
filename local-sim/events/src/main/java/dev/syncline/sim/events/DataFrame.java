// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A {@code data} frame in two parts, so that fan-out encodes each only once: the head belongs to a
 * subscription and is made when it begins, the body belongs to an event and is escaped when it is
 * published. The frame is the head followed by the body, in UTF-8.
 *
 * <p>{@code event} is a string, one event a frame: AppSync's guide shows an array, but the service
 * sends a string and clients break on an array. Thread-safe; holds nothing.
 */
public final class DataFrame {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private DataFrame() {}

  /** The part before the event; {@code subscriptionId} must have the form of an operation's id. */
  static byte[] head(String subscriptionId) {
    return ("{\"type\":\"data\",\"id\":\"" + subscriptionId + "\",\"event\":\"")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The event, escaped, and the end of the frame. */
  public static byte[] body(String payload) {
    // Most events are JSON objects of short texts: one escape in eight characters.
    var out = new byte[payload.length() + payload.length() / 4 + 16];
    int size = 0;
    for (int i = 0; i < payload.length(); i++) {
      // The longest character is six bytes, and two more end the frame.
      if (out.length - size < 8) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      char c = payload.charAt(i);
      if (c == '"' || c == '\\') {
        out[size++] = '\\';
        out[size++] = (byte) c;
      } else if (c < 0x20) {
        size = escape(out, size, c);
      } else if (c < 0x80) {
        out[size++] = (byte) c;
      } else if (c < 0x800) {
        out[size++] = (byte) (0xC0 | c >> 6);
        out[size++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        out[size++] = (byte) (0xE0 | c >> 12);
        out[size++] = (byte) (0x80 | c >> 6 & 0x3F);
        out[size++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < payload.length()
          && Character.isLowSurrogate(payload.charAt(i + 1))) {
        int point = Character.toCodePoint(c, payload.charAt(++i));
        out[size++] = (byte) (0xF0 | point >> 18);
        out[size++] = (byte) (0x80 | point >> 12 & 0x3F);
        out[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[size++] = (byte) (0x80 | point & 0x3F);
      } else {
        // An unpaired surrogate has no UTF-8, but JSON can escape it.
        size = escape(out, size, c);
      }
    }
    out[size++] = '"';
    out[size++] = '}';
    return Arrays.copyOf(out, size);
  }

  private static int escape(byte[] out, int at, char c) {
    int size = at;
    out[size++] = '\\';
    out[size++] = 'u';
    out[size++] = HEX[c >> 12 & 0xF];
    out[size++] = HEX[c >> 8 & 0xF];
    out[size++] = HEX[c >> 4 & 0xF];
    out[size++] = HEX[c & 0xF];
    return size;
  }
}
