// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** K-sortable ids: 32 bits of seconds since 2014 and 128 random bits in 27 base-62 digits. */
final class Ksuid {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final long EPOCH = 1_400_000_000L;
  private static final int LENGTH = 27;
  private static final BigInteger BASE = BigInteger.valueOf(62);

  private Ksuid() {}

  static String of(long epochSecond, Ids ids) {
    byte[] bytes =
        ByteBuffer.allocate(20)
            .putInt((int) (epochSecond - EPOCH))
            .putLong(ids.nextLong())
            .putLong(ids.nextLong())
            .array();
    var rest = new BigInteger(1, bytes);
    var text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return text.reverse().toString();
  }
}
