// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that authorizes a runtime of an execution environment: the first segment of the
 * Runtime API's paths. Only the environment's processes get it, in {@code AWS_LAMBDA_RUNTIME_API};
 * without it any page or program that finds the port could take an invocation and answer it.
 * Immutable.
 */
final class RuntimeSecret {
  private static final int BYTES = 16;
  private static final String MASK = "***";

  // From the system and not from the simulator's seed: a secret must differ between runs with one
  // seed. No behaviour depends on its value, so that runs stay the same under one seed.
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  RuntimeSecret() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    this.text = HexFormat.of().formatHex(bytes);
  }

  /** The address with the secret, which clients put before the paths of the Runtime API. */
  String addressAt(String hostAndPort) {
    return hostAndPort + "/" + text;
  }

  /** Whether a path begins with the secret. Compares in constant time. */
  boolean opens(String path) {
    int end = path.indexOf('/', 1);
    return path.startsWith("/")
        && end > 0
        && MessageDigest.isEqual(
            path.substring(1, end).getBytes(StandardCharsets.UTF_8),
            text.getBytes(StandardCharsets.UTF_8));
  }

  /** The path after the secret. */
  String behind(String path) {
    return path.substring(path.indexOf('/', 1));
  }

  /** A line of output without the secret: AWS's client prints the address that it cannot reach. */
  String masked(String line) {
    return line.contains(text) ? line.replace(text, MASK) : line;
  }

  /** Omits the secret. */
  @Override
  public String toString() {
    return MASK;
  }
}
