// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that tests expect in answers of AWS. */
public final class TestDigests {
  private TestDigests() {}

  /** The MD5 of a text in UTF-8, in lower-case hexadecimal digits. */
  public static String md5(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
