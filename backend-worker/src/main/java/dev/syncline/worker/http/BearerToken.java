// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The secret that callers have to know (RFC 6750, {@code Authorization: Bearer …}). Compared in a
 * time that tells nothing of where two differ. Immutable and thread-safe.
 */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  /** What can be guessed is no secret. */
  private static final int MIN_CHARACTERS = 16;

  private final byte[] expected;

  /**
   * Takes the secret.
   *
   * @throws IllegalArgumentException if it is too short or could not stand in a header; the message
   *     does not show it
   */
  public BearerToken(String token) {
    if (!token.matches("[\\x21-\\x7e]{" + MIN_CHARACTERS + ",}")) {
      throw new IllegalArgumentException(
          "must be at least "
              + MIN_CHARACTERS
              + " visible ASCII characters without spaces, but is something else of "
              + token.length());
    }
    this.expected = token.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the header's value, null if there is none, has the secret. */
  boolean allows(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
            expected);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "BearerToken";
  }
}
