// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RestXmlErrors;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The errors of what is configured on buckets, in S3's words. */
final class BucketErrors {
  private BucketErrors() {}

  private static AwsException missing(String code, String message, String bucket) {
    return new AwsException(code, 404, message, Map.of("BucketName", bucket));
  }

  /** The error for a bucket without the setting; null where S3 answers a default. */
  static @Nullable AwsException missing(BucketSetting setting, String bucket) {
    return switch (setting) {
      case TAGGING -> noTags(bucket);
      case CORS -> noCors(bucket);
      case LIFECYCLE -> noLifecycle(bucket);
      case POLICY -> noPolicy(bucket);
      case PUBLIC_ACCESS_BLOCK -> noPublicAccessBlock(bucket);
      case OWNERSHIP -> noOwnership(bucket);
      case WEBSITE -> noWebsite(bucket);
      case REPLICATION -> noReplication(bucket);
      case OBJECT_LOCK -> noObjectLock(bucket);
      case NOTIFICATION, ACL, ENCRYPTION, LOGGING, REQUEST_PAYMENT, ACCELERATE -> null;
    };
  }

  private static AwsException noTags(String bucket) {
    return missing("NoSuchTagSet", "The TagSet does not exist", bucket);
  }

  private static AwsException noCors(String bucket) {
    return missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", bucket);
  }

  private static AwsException noLifecycle(String bucket) {
    return missing(
        "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", bucket);
  }

  static AwsException noPolicy(String bucket) {
    return missing("NoSuchBucketPolicy", "The bucket policy does not exist", bucket);
  }

  private static AwsException noPublicAccessBlock(String bucket) {
    return missing(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
        bucket);
  }

  private static AwsException noOwnership(String bucket) {
    return missing(
        "OwnershipControlsNotFoundError", "The bucket ownership controls were not found", bucket);
  }

  private static AwsException noWebsite(String bucket) {
    return missing(
        "NoSuchWebsiteConfiguration",
        "The specified bucket does not have a website configuration",
        bucket);
  }

  private static AwsException noReplication(String bucket) {
    return missing(
        "ReplicationConfigurationNotFoundError",
        "The replication configuration was not found",
        bucket);
  }

  private static AwsException noObjectLock(String bucket) {
    return missing(
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket",
        bucket);
  }

  static AwsException noConfiguration() {
    return new AwsException(
        "NoSuchConfiguration", 404, "The specified configuration does not exist.");
  }

  /** A document that does not fit S3's schema; {@code where} names the place. */
  static AwsException malformedXml(String where) {
    AwsException malformed = RestXmlErrors.malformedXml();
    return new AwsException(
        malformed.code(), malformed.status(), malformed.text(), Map.of("Detail", where));
  }

  static AwsException invalidRequest(String message) {
    return AwsException.badRequest("InvalidRequest", message);
  }

  /** An argument of a document that S3 does not name in its answer. */
  static AwsException invalidArgument(String message) {
    return AwsException.badRequest("InvalidArgument", message);
  }

  static AwsException tooManyTags() {
    return AwsException.badRequest("BadRequest", "Bucket tag count cannot be greater than 50");
  }

  static AwsException invalidTag(String message, String key) {
    return new AwsException("InvalidTag", 400, message, Map.of("TagKey", key));
  }

  static AwsException noLogBucket(String bucket) {
    return new AwsException(
        "InvalidTargetBucketForLogging",
        400,
        "The target bucket for logging does not exist",
        Map.of("TargetBucket", bucket));
  }

  static AwsException malformedPolicy(String message) {
    return AwsException.badRequest("MalformedPolicy", message);
  }

  static AwsException blockedPolicy(String bucket, String account) {
    return new AwsException(
        "AccessDenied",
        403,
        "User: arn:aws:iam::"
            + account
            + ":root is not authorized to perform: s3:PutBucketPolicy on resource:"
            + " \"arn:aws:s3:::"
            + bucket
            + "\" because public policies are prevented by the BlockPublicPolicy setting in S3"
            + " Block Public Access.");
  }

  static AwsException aclsNotSupported() {
    return AwsException.badRequest(
        "AccessControlListNotSupported", "The bucket does not allow ACLs");
  }

  static AwsException aclWithOwnership() {
    return AwsException.badRequest(
        "InvalidBucketAclWithObjectOwnership",
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
  }

  static AwsException needsVersioning() {
    return new AwsException(
        "InvalidBucketState",
        409,
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  }

  static AwsException lockedVersions() {
    return new AwsException(
        "InvalidBucketState",
        409,
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be"
            + " changed.");
  }

  /** Destinations of notifications that S3 cannot send to: the reason by ARN. */
  static AwsException invalidDestinations(Map<String, String> reasons) {
    var members = new TreeMap<String, Object>();
    int number = 1;
    for (Map.Entry<String, String> reason : new TreeMap<>(reasons).entrySet()) {
      String suffix = reasons.size() == 1 ? "" : Integer.toString(number++);
      members.put("ArgumentName" + suffix, reason.getKey() + ", null");
      members.put("ArgumentValue" + suffix, reason.getValue());
    }
    return new AwsException(
        "InvalidArgument",
        400,
        "Unable to validate the following destination configurations",
        members);
  }
}
