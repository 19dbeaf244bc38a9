// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * IAM's unique ids for principals without an entry in the simulator. The same ARN always has the
 * same id.
 */
public final class UniqueIds {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 17;

  private UniqueIds() {}

  /**
   * The id of an ARN.
   *
   * @param prefix of its kind, such as {@code AROA}
   */
  public static String of(String prefix, String arn) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(arn.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    var id = new StringBuilder(prefix);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(digest[i] & 31));
    }
    return id.toString();
  }
}
