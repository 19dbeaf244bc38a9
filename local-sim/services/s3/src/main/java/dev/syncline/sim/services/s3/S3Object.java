// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.time.Instant;
import java.util.Map;

/**
 * A stored object. Immutable; the content is shared, and callers must not change it.
 *
 * @param etag without quotes
 * @param headers headers kept with the object, by lower-case name: those of {@link
 *     S3Bindings#CONTENT} and {@code x-amz-meta-*}
 * @param checksums base64 by lower-case header name, such as {@code x-amz-checksum-crc32}
 */
record S3Object(
    String key,
    byte[] content,
    String etag,
    Instant lastModified,
    Map<String, String> headers,
    Map<String, String> checksums) {
  S3Object {
    headers = Map.copyOf(headers);
    checksums = Map.copyOf(checksums);
  }

  String quotedEtag() {
    return '"' + etag + '"';
  }

  long size() {
    return content.length;
  }
}
