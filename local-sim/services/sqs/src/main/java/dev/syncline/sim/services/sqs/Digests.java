// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The digests that clients check. */
final class Digests {
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private Digests() {}

  /** MD5 of a body, hexadecimal. */
  static String md5(String body) {
    return hex("MD5", body);
  }

  /** SHA-256 of a body, hexadecimal: the deduplication id of content-based deduplication. */
  static String sha256(String body) {
    return hex("SHA-256", body);
  }

  /**
   * MD5 of attributes in order of name: length and bytes of name and of type, a byte that tells
   * text from binary, length and bytes of the value. Lengths are 4 bytes, big-endian.
   */
  static String md5(Map<String, MessageAttribute> attributes) {
    MessageDigest digest = digest("MD5");
    attributes.forEach(
        (name, attribute) -> {
          add(digest, name.getBytes(StandardCharsets.UTF_8));
          add(digest, attribute.type().getBytes(StandardCharsets.UTF_8));
          digest.update(attribute.binary() ? BINARY : TEXT);
          add(digest, attribute.bytes());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of()
        .formatHex(digest(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
