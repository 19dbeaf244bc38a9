// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The name of one piece of work, the same everywhere: in the answer, in the reply channel and as
 * the Step Functions execution name.
 *
 * <p>{@code exec-} and 32 lower-case hexadecimal digits: 37 characters, which suits both an AppSync
 * Events channel segment (1–50 characters, letters, digits and inner dashes) and an execution name
 * (1–80). A client never chooses it freely, so an id can carry neither a wildcard nor a path.
 *
 * <p>Immutable and thread-safe.
 */
public record CorrelationId(String value) {

  private static final String PREFIX = "exec-";
  private static final int DIGITS = 32;

  public CorrelationId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a correlation id (exec- and 32 hex digits)");
    }
  }

  /** An id nobody can guess: 128 bits from {@code random}, which should be a secure generator. */
  public static CorrelationId random(RandomGenerator random) {
    byte[] bits = new byte[DIGITS / 2];
    random.nextBytes(bits);
    return new CorrelationId(PREFIX + HexFormat.of().formatHex(bits));
  }

  /**
   * The id that a repeat of the same key finds again: the first 128 bits of SHA-256.
   *
   * @param scope whose key it is, so that two callers may use the same key; empty when the gateway
   *     tells callers not apart, and then the digest is that of the key alone
   * @param key the {@code Idempotency-Key} header's value
   */
  public static CorrelationId fromIdempotencyKey(String scope, String key) {
    // A header value holds no line feed, so scope and key cannot be shifted into one another.
    String text = scope.isEmpty() ? key : scope + "\n" + key;
    String digest = HexFormat.of().formatHex(sha256(text));
    return new CorrelationId(PREFIX + digest.substring(0, DIGITS));
  }

  /** Reads an id that came from outside; empty if it is malformed. */
  public static Optional<CorrelationId> parse(String text) {
    return isWellFormed(text) ? Optional.of(new CorrelationId(text)) : Optional.empty();
  }

  /** The SHA-256 digest of a text's UTF-8 bytes. */
  public static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean isWellFormed(String text) {
    if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
