// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The callers' secret (RFC 6750, {@code Authorization: Bearer …}), compared in constant time.
 * Immutable and thread-safe.
 */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  /** A shorter secret could be guessed. */
  private static final int MIN_CHARACTERS = 16;

  private final byte[] expected;

  /**
   * Validates the secret.
   *
   * @throws IllegalArgumentException if it is too short or invalid in a header; the message does
   *     not show it
   */
  public BearerToken(String token) {
    if (!token.matches("[\\x21-\\x7e]{" + MIN_CHARACTERS + ",}")) {
      throw new IllegalArgumentException(
          "must be at least "
              + MIN_CHARACTERS
              + " visible ASCII characters without spaces, but has "
              + token.length()
              + " characters or others");
    }
    this.expected = token.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the header's value, null if missing, contains the secret. */
  boolean allows(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            expected);
  }

  /** Omits the secret. */
  @Override
  public String toString() {
    return "BearerToken";
  }
}
