// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Where jitter comes from unless told otherwise. For nothing that must not be guessed. Stateless
 * and thread-safe.
 */
public final class Randomness {
  private Randomness() {}

  /** The platform's generator, another for each thread, seeded by itself. */
  public static RandomGenerator real() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
