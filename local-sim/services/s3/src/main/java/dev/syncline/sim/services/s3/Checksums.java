// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.http.Headers;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Digests of content: entity tags, and the checksums that callers send along to be checked. */
final class Checksums {
  static final String PREFIX = "x-amz-checksum-";

  private Checksums() {}

  static byte[] md5(byte[] content) {
    return digest("MD5", content);
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * Checks every checksum that came with the content.
   *
   * @param headers of the request, trailers included
   * @return the checksums to keep with the object, by header name
   */
  static Map<String, String> check(Headers headers, byte[] content) {
    var kept = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String value = header.getValue();
      switch (name) {
        case "content-md5" -> checkMd5(value, content);
        case "x-amz-checksum-crc32",
            "x-amz-checksum-crc32c",
            "x-amz-checksum-crc64nvme",
            "x-amz-checksum-sha1",
            "x-amz-checksum-sha256" -> {
          String algorithm = name.substring(PREFIX.length());
          if (!base64(calculate(algorithm, content)).equals(value)) {
            throw S3Errors.badDigest(algorithm.toUpperCase(Locale.ROOT));
          }
          kept.put(name, value);
        }
        default -> {}
      }
    }
    return kept;
  }

  private static byte[] calculate(String algorithm, byte[] content) {
    return switch (algorithm) {
      case "crc32" -> crc(new CRC32(), content);
      case "crc32c" -> crc(new CRC32C(), content);
      case "crc64nvme" -> ByteBuffer.allocate(Long.BYTES).putLong(Crc64Nvme.of(content)).array();
      case "sha1" -> digest("SHA-1", content);
      default -> digest("SHA-256", content);
    };
  }

  private static byte[] crc(Checksum checksum, byte[] content) {
    checksum.update(content);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  private static void checkMd5(String value, byte[] content) {
    byte[] given;
    try {
      given = Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException notBase64) {
      given = new byte[0];
    }
    if (given.length != 16) {
      throw S3Errors.invalidMd5();
    }
    if (!Arrays.equals(given, md5(content))) {
      throw S3Errors.badMd5();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + algorithm, impossible);
    }
  }
}
