// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Digests of content: entity tags, and the checksums that callers send along to be checked. */
final class Checksums {
  static final String PREFIX = "x-amz-checksum-";
  static final String SDK_ALGORITHM = "x-amz-sdk-checksum-algorithm";
  static final String MD5 = "content-md5";

  private Checksums() {}

  static byte[] md5(byte[] content) {
    return digest("MD5", content);
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /**
   * The checksums in a request, which are not compared with content.
   *
   * @param headers of the request, trailers included
   * @throws dev.syncline.sim.service.AwsException {@code InvalidRequest} for a value that cannot be
   *     one, and for several
   */
  static Map<ChecksumAlgorithm, String> given(Headers headers) {
    var given = new EnumMap<ChecksumAlgorithm, String>(ChecksumAlgorithm.class);
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      ChecksumAlgorithm.ofHeader(name)
          .ifPresent(algorithm -> given.put(algorithm, header.getValue().strip()));
    }
    if (given.size() > 1) {
      throw S3Errors.invalidRequest(
          "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    return given;
  }

  /**
   * Checks every checksum that came with the content.
   *
   * @return the checksum that was given, by header name; empty for none
   */
  static Map<String, String> check(Headers headers, byte[] content) {
    Map<ChecksumAlgorithm, String> given = given(headers);
    headers.first(MD5).ifPresent(value -> checkMd5(value, content));
    for (Map.Entry<ChecksumAlgorithm, String> checksum : given.entrySet()) {
      ChecksumAlgorithm algorithm = checksum.getKey();
      if (!algorithm.isWellFormed(checksum.getValue())) {
        throw S3Errors.invalidRequest("Value for " + algorithm.header() + " header is invalid.");
      }
      if (!algorithm.of(content).equals(checksum.getValue())) {
        throw S3Errors.badDigest(algorithm.name());
      }
      return Map.of(algorithm.header(), checksum.getValue());
    }
    if (headers.first(SDK_ALGORITHM).isPresent() && headers.first(MD5).isEmpty()) {
      throw S3Errors.invalidRequest(
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
              + " x-amz-trailer headers were found.");
    }
    return Map.of();
  }

  /** As {@link #check}; content without a checksum gets the one that S3 calculates itself. */
  static Map<String, String> checkOrCalculate(Headers headers, byte[] content) {
    Map<String, String> given = check(headers, content);
    return given.isEmpty()
        ? Map.of(ChecksumAlgorithm.CRC64NVME.header(), ChecksumAlgorithm.CRC64NVME.of(content))
        : given;
  }

  /** Puts the checksums into a structure. */
  static void put(ObjectNode json, Map<String, String> checksums) {
    checksums.forEach(
        (header, value) ->
            ChecksumAlgorithm.ofHeader(header)
                .ifPresent(algorithm -> json.put(algorithm.member(), value)));
  }

  private static void checkMd5(String value, byte[] content) {
    byte[] given;
    try {
      given = Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException notBase64) {
      given = new byte[0];
    }
    if (given.length != 16) {
      throw S3Errors.invalidMd5(value);
    }
    byte[] calculated = md5(content);
    if (!Arrays.equals(given, calculated)) {
      throw S3Errors.badMd5(value, Base64.getEncoder().encodeToString(calculated));
    }
  }

  static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has " + algorithm, impossible);
    }
  }
}
