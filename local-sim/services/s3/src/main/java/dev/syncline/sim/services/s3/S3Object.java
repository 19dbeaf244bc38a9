// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A version of an object, or a delete marker. Immutable; the content is shared, and callers must
 * not change it.
 *
 * @param versionId {@link #NULL_VERSION} for one that was written without versioning
 * @param marker whether it is a delete marker, which has neither content nor headers
 * @param etag without quotes
 * @param headers headers kept with the object, by lower-case name: those of {@link
 *     S3Bindings#CONTENT}, {@code x-amz-meta-*}, and those of {@link ObjectSettings}
 * @param checksums base64 by lower-case header name, such as {@code x-amz-checksum-crc32}; a
 *     composite one ends with the number of parts
 * @param tags in order
 * @param parts of an object that was uploaded in parts, else empty
 */
record S3Object(
    String key,
    String versionId,
    boolean marker,
    byte[] content,
    String etag,
    Instant lastModified,
    Map<String, String> headers,
    Map<String, String> checksums,
    Map<String, String> tags,
    List<ObjectPart> parts) {
  static final String NULL_VERSION = "null";

  /**
   * A part of an object, which can be read on its own.
   *
   * @param checksums as of an object
   */
  record ObjectPart(int number, long size, Map<String, String> checksums) {}

  S3Object {
    headers = Map.copyOf(headers);
    checksums = Map.copyOf(checksums);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    parts = List.copyOf(parts);
  }

  /** An object that was uploaded whole and has no version yet. */
  static S3Object whole(
      String key,
      byte[] content,
      Instant lastModified,
      Map<String, String> headers,
      Map<String, String> checksums,
      Map<String, String> tags) {
    return new S3Object(
        key,
        NULL_VERSION,
        false,
        content,
        Checksums.hex(Checksums.md5(content)),
        lastModified,
        headers,
        checksums,
        tags,
        List.of());
  }

  /** A delete marker. */
  static S3Object marker(String key, String versionId, Instant created) {
    return new S3Object(
        key, versionId, true, new byte[0], "", created, Map.of(), Map.of(), Map.of(), List.of());
  }

  S3Object withVersion(String newVersion) {
    return new S3Object(
        key, newVersion, marker, content, etag, lastModified, headers, checksums, tags, parts);
  }

  S3Object withTags(Map<String, String> newTags) {
    return new S3Object(
        key, versionId, marker, content, etag, lastModified, headers, checksums, newTags, parts);
  }

  S3Object withStorageClass(String newClass) {
    var newHeaders = new LinkedHashMap<>(headers);
    newHeaders.put(ObjectSettings.STORAGE_CLASS, newClass);
    return new S3Object(
        key, versionId, marker, content, etag, lastModified, newHeaders, checksums, tags, parts);
  }

  String quotedEtag() {
    return '"' + etag + '"';
  }

  long size() {
    return content.length;
  }

  /** The storage class; {@code STANDARD} has no header. */
  String storageClass() {
    return headers.getOrDefault(ObjectSettings.STORAGE_CLASS, ObjectSettings.STANDARD);
  }

  /** {@code COMPOSITE} for checksums of the parts' checksums. */
  String checksumType() {
    return checksums.values().stream().anyMatch(value -> value.contains("-"))
        ? "COMPOSITE"
        : "FULL_OBJECT";
  }
}
