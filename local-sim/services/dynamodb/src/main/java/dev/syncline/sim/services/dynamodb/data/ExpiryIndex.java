// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that expire, by time. A row expires once the time is greater than its
 * attribute, a number of seconds above 0, unless that is more than five years ago. Guarded by the
 * table's lock.
 */
final class ExpiryIndex {
  /** Older rows do not expire: AWS takes the attribute for something other than a time. */
  static final Duration MAX_AGE = Duration.ofDays(5 * 365);

  /** Later times never come; in seconds. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1_000_000_000_000L);

  private static final int MILLIS_DIGITS = 3;

  private record Due(long millis, byte[] key) {}

  private final String attribute;
  private final TreeSet<Due> due =
      new TreeSet<>(
          Comparator.comparingLong(Due::millis).thenComparing(Due::key, Arrays::compareUnsigned));

  /** Of rows with this attribute. */
  ExpiryIndex(String attribute) {
    this.attribute = attribute;
  }

  String attribute() {
    return attribute;
  }

  /** Follows a change of a row. */
  void change(byte[] key, @Nullable Item before, @Nullable Item after) {
    AttributeValue old = before == null ? null : before.get(attribute);
    AttributeValue next = after == null ? null : after.get(attribute);
    if (old != null && !old.equals(next)) {
      long millis = millis(old);
      if (millis >= 0) {
        due.remove(new Due(millis, key));
      }
    }
    if (next != null && !next.equals(old)) {
      long millis = millis(next);
      if (millis >= 0) {
        due.add(new Due(millis, key));
      }
    }
  }

  /** The last millisecond at which the row is not expired; negative when it never expires. */
  private static long millis(AttributeValue value) {
    if (!(value instanceof AttributeValue.N number)) {
      return -1;
    }
    BigDecimal seconds = number.value().value();
    if (seconds.signum() <= 0 || seconds.compareTo(MAX_SECONDS) > 0) {
      return -1;
    }
    return seconds.movePointRight(MILLIS_DIGITS).setScale(0, RoundingMode.FLOOR).longValue();
  }

  /** When the next row expires; null when none does. May have passed. */
  @Nullable Instant next() {
    return due.isEmpty() ? null : Instant.ofEpochMilli(due.first().millis() + 1);
  }

  /** The keys of the first rows that have expired, at most that many. */
  List<byte[]> expired(Instant now, int limit) {
    long time = now.toEpochMilli();
    long oldest = time - MAX_AGE.toMillis();
    var keys = new ArrayList<byte[]>();
    while (!due.isEmpty() && keys.size() < limit) {
      Due first = due.first();
      if (first.millis() >= time) {
        break;
      }
      due.pollFirst();
      if (first.millis() >= oldest) {
        keys.add(first.key());
      }
    }
    return keys;
  }
}
