// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The naming rules of objects, from S3's user guide. */
final class ObjectKeys {
  private static final int MAX_BYTES = 1024;

  private ObjectKeys() {}

  /** Refuses a key that is too long; the limit is in bytes of UTF-8. */
  static void require(String key) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_BYTES) {
      throw S3Errors.keyTooLong(length, MAX_BYTES);
    }
  }

  /** Percent-encodes a key for a URL's path, apart from its slashes. */
  static String encode(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
