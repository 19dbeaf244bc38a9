// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.http.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a write or a deletion on the object that exists already: the headers {@code
 * If-Match} and {@code If-None-Match} of PutObject, CopyObject and CompleteMultipartUpload, and
 * {@code If-Match} of DeleteObject. Source: the S3 user guide, "conditional requests".
 *
 * @param absent no object of the key may exist
 * @param etag the entity tag it must have, {@code *} for any; empty for no condition
 * @param begun when the write began, for an upload in parts: a later write of the key is a
 *     conflict; null for a write that is one request
 * @param deletedSince whether the key was deleted since then, which is a conflict too
 */
record WriteCondition(boolean absent, String etag, @Nullable Instant begun, boolean deletedSince) {
  static final WriteCondition NONE = new WriteCondition(false, "", null, false);

  /** Headers of conditions that S3 knows for directory buckets only. */
  static final List<String> OF_DIRECTORY_BUCKETS =
      List.of("x-amz-if-match-last-modified-time", "x-amz-if-match-size");

  /**
   * The condition of a write.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotImplemented} for a value that S3 does
   *     not know here
   */
  static WriteCondition ofWrite(Headers headers) {
    String ifNoneMatch = headers.first("if-none-match").orElse("").strip();
    String ifMatch = headers.first("if-match").orElse("").strip();
    if (!ifNoneMatch.isEmpty() && !ifNoneMatch.equals("*")) {
      throw S3Errors.impliedNotImplemented("If-None-Match");
    }
    if (ifMatch.equals("*") || (!ifNoneMatch.isEmpty() && !ifMatch.isEmpty())) {
      throw S3Errors.impliedNotImplemented("If-Match");
    }
    return new WriteCondition(!ifNoneMatch.isEmpty(), ifMatch, null, false);
  }

  /** The same for an upload in parts. */
  WriteCondition since(Instant uploadBegun, boolean keyDeletedSince) {
    return new WriteCondition(absent, etag, uploadBegun, keyDeletedSince);
  }

  /** The condition of a deletion. */
  static WriteCondition ofDelete(Headers headers) {
    if (headers.first("if-none-match").isPresent()) {
      throw S3Errors.impliedNotImplemented("If-None-Match");
    }
    for (String header : OF_DIRECTORY_BUCKETS) {
      if (headers.first(header).isPresent()) {
        throw S3Errors.impliedNotImplemented(header);
      }
    }
    return ofDelete(headers.first("if-match").orElse(""));
  }

  /** The condition of a deletion whose object must have the entity tag; empty for any or none. */
  static WriteCondition ofDelete(String etag) {
    return new WriteCondition(false, etag.strip(), null, false);
  }

  /**
   * Checks a write.
   *
   * @throws dev.syncline.sim.service.AwsException {@code PreconditionFailed}, {@code NoSuchKey}
   *     when there is no object to match, {@code ConditionalRequestConflict}
   */
  void requireForWrite(String key, @Nullable S3Object current) {
    if (absent && current != null) {
      throw S3Errors.preconditionFailed("If-None-Match");
    }
    if (absent && deletedSince) {
      throw S3Errors.conflict("If-None-Match", key);
    }
    if (!etag.isEmpty() && current == null) {
      throw S3Errors.noSuchKey(key);
    }
    requireMatch(current);
    boolean writtenSince =
        current != null && begun != null && begun.isBefore(current.lastModified());
    if (!etag.isEmpty() && writtenSince) {
      throw S3Errors.conflict("If-Match", key);
    }
  }

  /**
   * Checks a deletion; where there is no object, no entity tag matches.
   *
   * @throws dev.syncline.sim.service.AwsException {@code PreconditionFailed}
   */
  void requireForDelete(@Nullable S3Object current) {
    requireMatch(current);
  }

  private void requireMatch(@Nullable S3Object current) {
    if (!etag.isEmpty()
        && Optional.ofNullable(current)
            .filter(object -> ObjectAnswer.names(etag, object))
            .isEmpty()) {
      throw S3Errors.preconditionFailed("If-Match");
    }
  }
}
