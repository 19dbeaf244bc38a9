// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/** One-time codes by time, RFC 6238: SHA-1, steps of 30 seconds, 6 digits. Thread-safe. */
public final class TotpCodes {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final int DIGITS = 1_000_000;

  private TotpCodes() {}

  /** The number of the step at a time. */
  public static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /**
   * The code of a step.
   *
   * @param secret base32
   */
  public static String code(String secret, long step) {
    byte[] hash =
        AuthDigests.hmac("HmacSHA1", decode(secret), ByteBuffer.allocate(8).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xF;
    int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFFFFFF;
    return String.format(Locale.ROOT, "%06d", number % DIGITS);
  }

  /** The step whose code this is: the present one, the one before or the one after. */
  public static OptionalLong stepOf(String secret, String code, Instant now) {
    long present = step(now);
    for (long step : new long[] {present, present - 1, present + 1}) {
      if (AuthDigests.same(code(secret, step), code)) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  /** Bytes in base32, without padding. */
  public static String encode(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = ((buffer << 8) | (next & 0xFF)) & 0xFFFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  private static byte[] decode(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = ((buffer << 5) | BASE32.indexOf(text.charAt(i))) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
      }
    }
    return bytes.array();
  }
}
