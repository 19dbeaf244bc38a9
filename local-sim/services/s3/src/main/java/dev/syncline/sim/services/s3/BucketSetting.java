// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

/**
 * What can be set on a bucket, one constant a sub-resource. Names of operations, members, elements
 * and shapes are those of S3's model.
 */
enum BucketSetting {
  TAGGING("BucketTagging", "tagging", "Tagging"),
  CORS("BucketCors", "cors", "CORSConfiguration"),
  LIFECYCLE(
      "BucketLifecycleConfiguration",
      "lifecycle",
      "LifecycleConfiguration",
      "BucketLifecycleConfiguration",
      false),
  NOTIFICATION("BucketNotificationConfiguration", "notification", "NotificationConfiguration"),
  POLICY("BucketPolicy", "policy", "Policy"),
  PUBLIC_ACCESS_BLOCK(
      "PublicAccessBlock",
      "publicAccessBlock",
      "PublicAccessBlockConfiguration",
      "PublicAccessBlockConfiguration",
      true),
  OWNERSHIP(
      "BucketOwnershipControls",
      "ownershipControls",
      "OwnershipControls",
      "OwnershipControls",
      true),
  ACL("BucketAcl", "acl", "AccessControlPolicy"),
  ENCRYPTION(
      "BucketEncryption",
      "encryption",
      "ServerSideEncryptionConfiguration",
      "ServerSideEncryptionConfiguration",
      true),
  WEBSITE("BucketWebsite", "website", "WebsiteConfiguration"),
  LOGGING("BucketLogging", "logging", "BucketLoggingStatus"),
  REQUEST_PAYMENT("BucketRequestPayment", "requestPayment", "RequestPaymentConfiguration"),
  ACCELERATE("BucketAccelerateConfiguration", "accelerate", "AccelerateConfiguration"),
  REPLICATION(
      "BucketReplication",
      "replication",
      "ReplicationConfiguration",
      "ReplicationConfiguration",
      true),
  OBJECT_LOCK(
      "ObjectLockConfiguration",
      "object-lock",
      "ObjectLockConfiguration",
      "ObjectLockConfiguration",
      true);

  private final String noun;
  private final String marker;
  private final String member;
  private final String shape;
  private final boolean payload;

  BucketSetting(String noun, String marker, String member) {
    this(noun, marker, member, member, false);
  }

  BucketSetting(String noun, String marker, String member, String shape, boolean payload) {
    this.noun = noun;
    this.marker = marker;
    this.member = member;
    this.shape = shape;
    this.payload = payload;
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
}
