// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of texts and digests, in the forms of Signature Version 2 and 4. */
final class Hmac {
  private Hmac() {}

  /** The signature of Version 2, in base64. */
  static String version2(String secret, String text) {
    return Base64.getEncoder().encodeToString(sign("HmacSHA1", bytes(secret), text));
  }

  /**
   * The signature of Version 4, in hexadecimal.
   *
   * @param scope date, region, service and terminator
   */
  static String version4(String secret, List<String> scope, String text) {
    byte[] key = bytes("AWS4" + secret);
    for (String part : scope) {
      key = sign("HmacSHA256", key, part);
    }
    return HexFormat.of().formatHex(sign("HmacSHA256", key, text));
  }

  /** The digest of a content, in hexadecimal. */
  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Compares in a time that does not depend on the values. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] sign(String algorithm, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + algorithm, impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
