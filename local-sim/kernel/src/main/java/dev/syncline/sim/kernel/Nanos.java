// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Duration;

/** Arithmetic on nanoseconds that never overflows. */
final class Nanos {
  private Nanos() {}

  /** A delay in nanoseconds: 0 if it is negative, {@link Long#MAX_VALUE} if it is too long. */
  static long of(Duration delay) {
    try {
      return Math.max(0, delay.toNanos());
    } catch (ArithmeticException tooLong) {
      return delay.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** The sum, or {@link Long#MAX_VALUE} if it overflows. */
  static long add(long a, long b) {
    long sum = a + b;
    return sum < a && b >= 0 ? Long.MAX_VALUE : sum;
  }
}
