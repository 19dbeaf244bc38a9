// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AwsException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be set on a bucket, one constant a sub-resource. Names of operations, members, elements
 * and shapes are those of S3's model.
 */
enum BucketSetting {
  TAGGING("BucketTagging", "tagging", "Tagging", BucketErrors::noTags),
  CORS("BucketCors", "cors", "CORSConfiguration", BucketErrors::noCors),
  LIFECYCLE(
      "BucketLifecycleConfiguration",
      "lifecycle",
      "LifecycleConfiguration",
      "BucketLifecycleConfiguration",
      false,
      BucketErrors::noLifecycle),
  NOTIFICATION("BucketNotificationConfiguration", "notification", "NotificationConfiguration"),
  POLICY("BucketPolicy", "policy", "Policy", BucketErrors::noPolicy),
  PUBLIC_ACCESS_BLOCK(
      "PublicAccessBlock",
      "publicAccessBlock",
      "PublicAccessBlockConfiguration",
      "PublicAccessBlockConfiguration",
      true,
      BucketErrors::noPublicAccessBlock),
  OWNERSHIP(
      "BucketOwnershipControls",
      "ownershipControls",
      "OwnershipControls",
      "OwnershipControls",
      true,
      BucketErrors::noOwnership),
  ACL("BucketAcl", "acl", "AccessControlPolicy"),
  ENCRYPTION(
      "BucketEncryption",
      "encryption",
      "ServerSideEncryptionConfiguration",
      "ServerSideEncryptionConfiguration",
      true,
      null),
  WEBSITE("BucketWebsite", "website", "WebsiteConfiguration", BucketErrors::noWebsite),
  LOGGING("BucketLogging", "logging", "BucketLoggingStatus"),
  REQUEST_PAYMENT("BucketRequestPayment", "requestPayment", "RequestPaymentConfiguration"),
  ACCELERATE("BucketAccelerateConfiguration", "accelerate", "AccelerateConfiguration"),
  REPLICATION(
      "BucketReplication",
      "replication",
      "ReplicationConfiguration",
      "ReplicationConfiguration",
      true,
      BucketErrors::noReplication),
  OBJECT_LOCK(
      "ObjectLockConfiguration",
      "object-lock",
      "ObjectLockConfiguration",
      "ObjectLockConfiguration",
      true,
      BucketErrors::noObjectLock);

  private final String noun;
  private final String marker;
  private final String member;
  private final String shape;
  private final boolean payload;
  private final @Nullable Function<String, AwsException> missing;

  BucketSetting(String noun, String marker, String member) {
    this(noun, marker, member, member, false, null);
  }

  BucketSetting(String noun, String marker, String member, Function<String, AwsException> missing) {
    this(noun, marker, member, member, false, missing);
  }

  BucketSetting(
      String noun,
      String marker,
      String member,
      String shape,
      boolean payload,
      @Nullable Function<String, AwsException> missing) {
    this.noun = noun;
    this.marker = marker;
    this.member = member;
    this.shape = shape;
    this.payload = payload;
    this.missing = missing;
  }

  /** The operation that sets it, such as {@code PutBucketCors}. */
  String put() {
    return "Put" + noun;
  }

  /** The operation that reads it. */
  String get() {
    return "Get" + noun;
  }

  /** The operation that removes it. */
  String delete() {
    return this == LIFECYCLE ? "DeleteBucketLifecycle" : "Delete" + noun;
  }

  /** The query parameter of its requests. */
  String marker() {
    return marker;
  }

  /** The member of its document in requests, which is also the document's root element. */
  String member() {
    return member;
  }

  /** The shape of its document. */
  String shape() {
    return shape;
  }

  /** Whether the document is a member of the answer, not the answer itself. */
  boolean payload() {
    return payload;
  }

  /** The error for a bucket without it; null where S3 answers a default. */
  @Nullable AwsException missing(String bucket) {
    return missing == null ? null : missing.apply(bucket);
  }
}
