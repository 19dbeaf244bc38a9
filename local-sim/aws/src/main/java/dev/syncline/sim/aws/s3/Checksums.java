// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.service.AwsException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that clients send along with a body; each that is sent is verified. */
final class Checksums {
  private static final long[] CRC64 = crc64Table();

  private static final Map<String, Function<byte[], byte[]>> ALGORITHMS = new LinkedHashMap<>();

  static {
    ALGORITHMS.put("x-amz-checksum-crc32", content -> crc(new CRC32(), content));
    ALGORITHMS.put("x-amz-checksum-crc32c", content -> crc(new CRC32C(), content));
    ALGORITHMS.put("x-amz-checksum-crc64nvme", Checksums::crc64);
    ALGORITHMS.put("x-amz-checksum-sha1", content -> digest("SHA-1", content));
    ALGORITHMS.put("x-amz-checksum-sha256", content -> digest("SHA-256", content));
  }

  private Checksums() {}

  /**
   * The checksums sent, verified, by header.
   *
   * @param sent looks a header or trailer up
   * @throws AwsException {@code BadDigest}
   */
  static Map<String, String> verified(byte[] content, Function<String, Optional<String>> sent) {
    var verified = new LinkedHashMap<String, String>();
    sent.apply("content-md5").ifPresent(md5 -> require("MD5", md5, digest("MD5", content)));
    ALGORITHMS.forEach(
        (header, algorithm) ->
            sent.apply(header)
                .ifPresent(
                    value -> {
                      require(header, value, algorithm.apply(content));
                      verified.put(header, value);
                    }));
    return verified;
  }

  private static void require(String name, String sent, byte[] computed) {
    if (!Base64.getEncoder().encodeToString(computed).equals(sent)) {
      throw AwsException.badRequest(
          "BadDigest", "The " + name + " you specified did not match the calculated checksum.");
    }
  }

  private static byte[] crc(Checksum checksum, byte[] content) {
    checksum.update(content, 0, content.length);
    return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] crc64(byte[] content) {
    long crc = -1;
    for (byte b : content) {
      crc = CRC64[(int) ((crc ^ b) & 0xff)] ^ (crc >>> 8);
    }
    return ByteBuffer.allocate(8).putLong(~crc).array();
  }

  /** CRC-64/NVME, reflected. */
  private static long[] crc64Table() {
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >>> 1) ^ 0x9A6C9329AC4BC9B5L : crc >>> 1;
      }
      table[i] = crc;
    }
    return table;
  }
}
