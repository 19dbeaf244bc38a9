// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that S3 calculates. The names are those of the API. */
enum ChecksumAlgorithm {
  CRC32(Integer.BYTES, true, false),
  CRC32C(Integer.BYTES, true, false),
  CRC64NVME(Long.BYTES, true, true),
  SHA1(20, false, false),
  SHA256(32, false, false);

  private final int bytes;
  private final boolean ofFullObjects;
  private final boolean onlyOfFullObjects;

  ChecksumAlgorithm(int bytes, boolean ofFullObjects, boolean onlyOfFullObjects) {
    this.bytes = bytes;
    this.ofFullObjects = ofFullObjects;
    this.onlyOfFullObjects = onlyOfFullObjects;
  }

  /** The header of its values, in lower case. */
  String header() {
    return Checksums.PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /** The member of its values in structures. */
  String member() {
    return "Checksum" + name();
  }

  /** The algorithm of a name in any case; empty for an unknown one. */
  static Optional<ChecksumAlgorithm> named(String name) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.name().equalsIgnoreCase(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The algorithm of a header in lower case; empty for a header that is no checksum. */
  static Optional<ChecksumAlgorithm> ofHeader(String header) {
    return header.startsWith(Checksums.PREFIX)
        ? named(header.substring(Checksums.PREFIX.length()))
        : Optional.empty();
  }

  /** Whether an object uploaded in parts may have the checksum of its whole content. */
  boolean isOfFullObjects() {
    return ofFullObjects;
  }

  /** Whether an object uploaded in parts cannot have a checksum of its parts' checksums. */
  boolean isOnlyOfFullObjects() {
    return onlyOfFullObjects;
  }

  /** The checksum in base64. */
  String of(byte[] content) {
    return Base64.getEncoder().encodeToString(calculate(content));
  }

  private byte[] calculate(byte[] content) {
    return switch (this) {
      case CRC32 -> crc(new CRC32(), content);
      case CRC32C -> crc(new CRC32C(), content);
      case CRC64NVME -> ByteBuffer.allocate(Long.BYTES).putLong(Crc64Nvme.of(content)).array();
      case SHA1 -> Checksums.digest("SHA-1", content);
      case SHA256 -> Checksums.digest("SHA-256", content);
    };
  }

  private static byte[] crc(Checksum checksum, byte[] content) {
    checksum.update(content);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  /** The checksum of the parts' checksums, with their number. */
  String ofParts(List<String> partChecksums) {
    ByteBuffer all = ByteBuffer.allocate(bytes * partChecksums.size());
    partChecksums.forEach(checksum -> all.put(Base64.getDecoder().decode(checksum)));
    return of(all.array()) + "-" + partChecksums.size();
  }

  /** Whether a value could be one of this algorithm's. */
  boolean isWellFormed(String value) {
    try {
      return Base64.getDecoder().decode(value).length == bytes;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
