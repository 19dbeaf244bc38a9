// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AwsException;
import java.util.Map;

/** The errors that S3 answers with, in its words. */
final class S3Errors {
  private S3Errors() {}

  static AwsException noSuchBucket(String bucket) {
    return new AwsException(
        "NoSuchBucket", 404, "The specified bucket does not exist", Map.of("BucketName", bucket));
  }

  static AwsException noSuchKey(String key) {
    return new AwsException(
        "NoSuchKey", 404, "The specified key does not exist.", Map.of("Key", key));
  }

  static AwsException noSuchUpload(String uploadId) {
    return new AwsException(
        "NoSuchUpload",
        404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.",
        Map.of("UploadId", uploadId));
  }

  static AwsException noSuchVersion(String key, String versionId) {
    return new AwsException(
        "NoSuchVersion",
        404,
        "The specified version does not exist.",
        Map.of("Key", key, "VersionId", versionId));
  }

  static AwsException preconditionFailed(String condition) {
    return new AwsException(
        "PreconditionFailed",
        412,
        "At least one of the pre-conditions you specified did not hold",
        Map.of("Condition", condition));
  }

  static AwsException badDigest(String algorithm) {
    return AwsException.badRequest(
        "BadDigest", "The " + algorithm + " you specified did not match the calculated checksum.");
  }

  static AwsException invalidArgument(String name, String value, String message) {
    return new AwsException(
        "InvalidArgument", 400, message, Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  static AwsException malformedXml() {
    return AwsException.badRequest(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  /** What S3 itself does not do; a 4xx, because clients would retry S3's own 501. */
  static AwsException impliedNotImplemented(String header) {
    return new AwsException(
        "NotImplemented",
        400,
        "A header you provided implies functionality that is not implemented",
        Map.of("Header", header));
  }

  static AwsException authorizationQuery(String message) {
    return AwsException.badRequest("AuthorizationQueryParametersError", message);
  }

  static AwsException accessDenied(String message, Map<String, String> members) {
    return new AwsException("AccessDenied", 403, message, Map.copyOf(members));
  }

  /** What the simulator does not do; a 4xx, because clients would retry S3's own 501. */
  static AwsException notImplemented(String what) {
    return AwsException.badRequest(
        "NotImplemented", "The simulator's S3 does not support " + what + ".");
  }
}
