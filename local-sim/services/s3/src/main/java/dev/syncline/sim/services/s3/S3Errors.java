// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RestXmlErrors;
import java.util.Map;

/** Every error of the room, in S3's words. */
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

  /** The newest version of the key is a delete marker. */
  static AwsException deleted(S3Object marker) {
    return new AwsException(
        "NoSuchKey",
        404,
        "The specified key does not exist.",
        Map.of(
            "Key",
            marker.key(),
            RestXmlErrors.HEADER + "x-amz-delete-marker",
            "true",
            RestXmlErrors.HEADER + "x-amz-version-id",
            marker.versionId()));
  }

  /** The version named is a delete marker. */
  static AwsException deleteMarker(S3Object marker) {
    return new AwsException(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource.",
        Map.of(
            "Method",
            "GET",
            "ResourceType",
            "DeleteMarker",
            RestXmlErrors.HEADER + "Allow",
            "DELETE",
            RestXmlErrors.HEADER + "Last-Modified",
            ObjectAnswer.httpDate(marker.lastModified()),
            RestXmlErrors.HEADER + "x-amz-delete-marker",
            "true",
            RestXmlErrors.HEADER + "x-amz-version-id",
            marker.versionId()));
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

  /** A write in parts lost against another write or deletion. */
  static AwsException conflict(String condition, String key) {
    return new AwsException(
        "ConditionalRequestConflict",
        409,
        "The conditional request cannot succeed due to a conflicting operation against this"
            + " resource.",
        Map.of("Condition", condition, "Key", key));
  }

  static AwsException invalidRequest(String message) {
    return AwsException.badRequest("InvalidRequest", message);
  }

  static AwsException illegalVersioning(String message) {
    return AwsException.badRequest("IllegalVersioningConfigurationException", message);
  }

  static AwsException userKeyMustBeSpecified() {
    return AwsException.badRequest("UserKeyMustBeSpecified", "Please specify an object key.");
  }

  static AwsException invalidStorageClass(String value) {
    return new AwsException(
        "InvalidStorageClass",
        400,
        "The storage class you specified is not valid",
        Map.of("StorageClassRequested", value));
  }

  static AwsException invalidObjectState(String storageClass) {
    return new AwsException(
        "InvalidObjectState",
        403,
        "The operation is not valid for the object's storage class",
        Map.of("StorageClass", storageClass));
  }

  static AwsException invalidRedirect(String value) {
    return new AwsException(
        "InvalidRedirectLocation",
        400,
        "The website redirect location must have a prefix of 'http://' or 'https://' or '/' and be"
            + " at most 2048 characters long.",
        Map.of("Location", value));
  }

  static AwsException metadataTooLarge(int bytes, int maxBytes) {
    return new AwsException(
        "MetadataTooLarge",
        400,
        "Your metadata headers exceed the maximum allowed metadata size",
        Map.of("Size", Integer.toString(bytes), "MaxSizeAllowed", Integer.toString(maxBytes)));
  }

  static AwsException invalidTag(String message, String key) {
    return new AwsException("InvalidTag", 400, message, Map.of("TagKey", key));
  }

  static AwsException tooManyTags(int max) {
    return AwsException.badRequest("BadRequest", "Object tags cannot be greater than " + max);
  }

  static AwsException invalidPartNumber(int number, int parts) {
    return new AwsException(
        "InvalidPartNumber",
        416,
        "The requested partnumber is not satisfiable",
        Map.of(
            "PartNumberRequested",
            Integer.toString(number),
            "ActualPartCount",
            Integer.toString(parts)));
  }

  static AwsException badDigest(String algorithm) {
    return AwsException.badRequest(
        "BadDigest", "The " + algorithm + " you specified did not match the calculated checksum.");
  }

  static AwsException invalidArgument(String name, String value, String message) {
    return RestXmlErrors.invalidArgument(name, value, message);
  }

  static AwsException malformedXml() {
    return RestXmlErrors.malformedXml();
  }

  /** S3 itself does not support it; a 4xx, because clients would retry S3's own 501. */
  static AwsException impliedNotImplemented(String header) {
    return new AwsException(
        "NotImplemented",
        400,
        "A header you provided implies functionality that is not implemented",
        Map.of("Header", header));
  }

  /** AWS gives its reasons to callers of the account only, with the resource in quotes. */
  static AwsException accessDenied(AccessDenial denial, String account) {
    boolean own = denial.principal().contains(":" + account + ":");
    if (!own) {
      return accessDenied();
    }
    String on = " on resource: " + denial.resource();
    String shown = " on resource: \"" + denial.resource() + "\"";
    return new AwsException(
        "AccessDenied", 403, denial.messageOfNamedResource().replace(on, shown));
  }

  static AwsException accessDenied() {
    return new AwsException("AccessDenied", 403, "Access Denied");
  }

  static AwsException slowDown() {
    return new AwsException("SlowDown", 503, "Please reduce your request rate.");
  }

  static AwsException invalidBucketName(String bucket) {
    return new AwsException(
        "InvalidBucketName",
        400,
        "The specified bucket is not valid.",
        Map.of("BucketName", bucket));
  }

  static AwsException bucketAlreadyOwned(String bucket) {
    return new AwsException(
        "BucketAlreadyOwnedByYou",
        409,
        "Your previous request to create the named bucket succeeded and you already own it.",
        Map.of("BucketName", bucket));
  }

  static AwsException bucketNotEmpty(String bucket) {
    return new AwsException(
        "BucketNotEmpty",
        409,
        "The bucket you tried to delete is not empty",
        Map.of("BucketName", bucket));
  }

  static AwsException invalidLocation(String location) {
    return new AwsException(
        "InvalidLocationConstraint",
        400,
        "The specified location-constraint is not valid",
        Map.of("LocationConstraint", location));
  }

  /** The location constraint is of another region; empty when the request has none. */
  static AwsException otherLocation(String location) {
    return AwsException.badRequest(
        "IllegalLocationConstraintException",
        "The "
            + (location.isEmpty() ? "unspecified" : location)
            + " location constraint is incompatible for the region specific endpoint this"
            + " request was sent to.");
  }

  static AwsException keyTooLong(int bytes, int maxBytes) {
    return new AwsException(
        "KeyTooLongError",
        400,
        "Your key is too long",
        Map.of("Size", Integer.toString(bytes), "MaxSizeAllowed", Integer.toString(maxBytes)));
  }

  static AwsException copyToItself() {
    return invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without"
            + " changing the object's metadata, storage class, website redirect location or"
            + " encryption attributes.");
  }

  static AwsException invalidRange(String range, long size) {
    return new AwsException(
        "InvalidRange",
        416,
        "The requested range is not satisfiable",
        Map.of("RangeRequested", range, "ActualObjectSize", Long.toString(size)));
  }

  static AwsException invalidMd5(String value) {
    return new AwsException(
        "InvalidDigest",
        400,
        "The Content-MD5 you specified was invalid.",
        Map.of("Content-MD5", value));
  }

  static AwsException badMd5(String expected, String calculated) {
    return new AwsException(
        "BadDigest",
        400,
        "The Content-MD5 you specified did not match what we received.",
        Map.of("ExpectedDigest", expected, "CalculatedDigest", calculated));
  }

  static AwsException invalidPart(int number, String etag) {
    return new AwsException(
        "InvalidPart",
        400,
        "One or more of the specified parts could not be found.  The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag.",
        Map.of("PartNumber", Integer.toString(number), "ETag", etag));
  }

  static AwsException invalidPartOrder() {
    return AwsException.badRequest(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.");
  }

  static AwsException entityTooSmall(int number, String etag, long size, long min) {
    return new AwsException(
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size",
        Map.of(
            "ETag",
            etag,
            "PartNumber",
            Integer.toString(number),
            "ProposedSize",
            Long.toString(size),
            "MinSizeAllowed",
            Long.toString(min)));
  }

  /** The simulator does not support it; a 4xx, because clients would retry S3's own 501. */
  static AwsException notImplemented(String what) {
    return AwsException.badRequest(
        "NotImplemented", "The simulator's S3 does not support " + what + ".");
  }
}
