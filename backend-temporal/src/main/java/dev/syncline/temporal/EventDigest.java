// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest that identifies an event. Stateless. */
public final class EventDigest {
  private EventDigest() {}

  /** The SHA-256 of the event's UTF-8 bytes, in hexadecimal. */
  public static String of(String event) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(event.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
