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

  private final SplittableRandom random;

  /** Ids that repeat for the same {@code seed}. */
  public Ids(long seed) {
    this.random = new SplittableRandom(seed);
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
