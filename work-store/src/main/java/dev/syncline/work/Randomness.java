// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The default source of randomness for jitter and names. Not secure. Stateless and thread-safe. */
public final class Randomness {
  private Randomness() {}

  /** The platform's generator, one per thread, which seeds itself. */
  public static RandomGenerator real() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
