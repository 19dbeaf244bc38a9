// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.util.Arrays;

/** Counts by microsecond, up to two seconds. Not thread-safe. */
final class Latencies {
  private static final int MAX_MICROS = 2_000_000;

  private final long[] counts = new long[MAX_MICROS + 1];
  private long total;

  void add(long nanos, long times) {
    counts[(int) Math.clamp(nanos / 1_000, 0, MAX_MICROS)] += times;
    total += times;
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** The latency that this share of all was at most, in milliseconds. */
  double millis(double share) {
    long left = (long) Math.ceil(total * share);
    for (int micros = 0; micros <= MAX_MICROS; micros++) {
      left -= counts[micros];
      if (left <= 0) {
        return micros / 1e3;
      }
    }
    return MAX_MICROS / 1e3;
  }
}
