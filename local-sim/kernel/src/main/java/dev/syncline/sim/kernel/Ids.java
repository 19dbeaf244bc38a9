// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The source of every random identifier in the simulator, so that a run with the same seed is
 * repeatable.
 *
 * <p>Each part of the simulator takes its own stream from {@link #split}: so the ids of one part do
 * not depend on other parts or on the number of their ids.
 *
 * <p>Thread-safe. A stream gives the same ids for a seed if its callers ask in the same order.
 */
public final class Ids {
  private static final String LOWER_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UPPER_ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** The fractional part of the golden ratio, as SplitMix64 uses it to separate seeds. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final SplittableRandom random;

  /** Ids that are the same for the same {@code seed}. */
  public Ids(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /**
   * A separate stream for the part of the simulator called {@code name}, for example the id of a
   * service. It depends on this stream's seed and on the name only: it takes no number from this
   * stream, and it is the same for any order of creation. Two calls with one name give two streams
   * with the same ids, so a caller splits once for each name.
   *
   * @throws IllegalArgumentException if {@code name} is blank
   */
  public Ids split(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank: a stream of ids needs a name");
    }
    long derived = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < name.length(); i++) {
      derived = mix(derived + GOLDEN_GAMMA + name.charAt(i));
    }
    return new Ids(mix(derived ^ name.length()));
  }

  /** The finalizer of SplitMix64: each bit of the result depends on each bit of {@code value}. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
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

  /** A whole number, for the seed of another random source. */
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
