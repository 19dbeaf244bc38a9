// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.KeyRandom;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The texts of refresh tokens. AWS's are encrypted tokens of five parts with about 1,700
 * characters. These have the same form, and contain nothing.
 */
final class RefreshText {
  private static final String HEADER =
      encode(
          "{\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"alg\":\"RSA-OAEP\"}"
              .getBytes(StandardCharsets.US_ASCII));
  private static final int SEED_BYTES = 32;

  /** The bytes of the key, the vector, the content and the tag. */
  private static final int[] PARTS = {256, 12, 948, 16};

  /** A longer text is not looked up. */
  private static final int MAX_LENGTH = 4096;

  private RefreshText() {}

  /** A new token. */
  static String create(Ids ids) {
    MessageDigest digest = sha256();
    byte[] block = KeyRandom.bytes(ids, SEED_BYTES);
    var text = new StringBuilder(1_800).append(HEADER);
    for (int length : PARTS) {
      var part = new byte[length];
      for (int at = 0; at < length; at += block.length) {
        block = digest.digest(block);
        System.arraycopy(block, 0, part, at, Math.min(block.length, length - at));
      }
      text.append('.').append(encode(part));
    }
    return text.toString();
  }

  /** What is kept of a token. */
  static String digest(String token) {
    return token.length() > MAX_LENGTH
        ? ""
        : encode(sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
