// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Source of every random identifier in the simulator, so that one seed repeats a whole run.
 *
 * <p>Thread-safe. The sequence is deterministic under a seed as long as the callers' order is.
 */
public final class Ids {
  private static final String LOWER_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UPPER_ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final long seed;
  private final SplittableRandom random;

  /** Ids that repeat for the same {@code seed}. */
  public Ids(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /**
   * A stream of ids that depends on the seed and on {@code name} only: drawing from it changes no
   * other stream, and other streams do not change it.
   */
  public Ids split(String name) {
    // FNV-1a, 64 bits: spreads names that differ in one letter.
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return new Ids(seed ^ hash);
  }

  /** A random UUID, version 4. */
  public synchronized UUID uuid() {
    long most = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x0000000000004000L;
    long least = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(most, least);
  }

  /** {@code length} characters of {@code a-z0-9}, as AWS uses for API and resource ids. */
  public String lowerAlphanumeric(int length) {
    return pick(LOWER_ALPHANUMERIC, length);
  }

  /** {@code length} characters of {@code A-Z0-9}, as IAM and CloudFormation use. */
  public String upperAlphanumeric(int length) {
    return pick(UPPER_ALPHANUMERIC, length);
  }

  /** {@code length} hexadecimal digits. */
  public String hex(int length) {
    return pick("0123456789abcdef", length);
  }

  /** A number in {@code [0, 1)}, for jitter. */
  public synchronized double nextDouble() {
    return random.nextDouble();
  }

  /** A whole number, for seeding a random source of one's own. */
  public synchronized long nextLong() {
    return random.nextLong();
  }

  private synchronized String pick(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
