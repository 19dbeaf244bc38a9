// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and keyed hashes over joined parts. Thread-safe. */
public final class AuthDigests {
  private AuthDigests() {}

  /** SHA-256 of the parts, joined. */
  public static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** HMAC with SHA-256 of the parts, joined. */
  public static byte[] hmac256(byte[] key, byte[]... parts) {
    return hmac("HmacSHA256", key, parts);
  }

  /** HMAC of the parts, joined. */
  static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The bytes of a text in UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Compares two texts; the time depends on the length only. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }
}
