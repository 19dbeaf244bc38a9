// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import dev.syncline.sim.kernel.Ids;
import java.time.Instant;

/** The sortable ids of {@code util}. Stateless. */
public final class UtilIds {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private UtilIds() {}

  /** A ULID: 48 bits of time and 80 random bits, five bits for each of 26 characters. */
  public static String ulid(Instant now, Ids ids) {
    var text = new StringBuilder(26);
    long millis = now.toEpochMilli();
    for (int shift = 45; shift >= 0; shift -= 5) {
      text.append(CROCKFORD.charAt((int) (millis >>> shift) & 31));
    }
    for (int half = 0; half < 2; half++) {
      long chance = ids.nextLong();
      for (int shift = 35; shift >= 0; shift -= 5) {
        text.append(CROCKFORD.charAt((int) (chance >>> shift) & 31));
      }
    }
    return text.toString();
  }

  /** A KSUID: seconds since 2014 and 128 random bits in 27 digits. */
  public static String ksuid(Instant now, Ids ids) {
    return Ksuid.of(now.getEpochSecond(), ids);
  }
}
