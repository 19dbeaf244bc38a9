// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The permissions of buckets and objects; many have other names than their operations. Source: the
 * service authorization reference, and the user guide's page on required permissions.
 */
record S3Access(S3Store store, String account, AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      AbortMultipartUpload                                                          | {object}
      CompleteMultipartUpload CreateMultipartUpload UploadPart UploadPartCopy | PutObject | {object}
      CopyObject PutObject | PutObject                                              | {object}
      CreateBucket DeleteBucket                                                     | {bucket}
      DeleteBucketAnalyticsConfiguration | PutAnalyticsConfiguration                | {bucket}
      DeleteBucketCors PutBucketCors | PutBucketCORS                                | {bucket}
      DeleteBucketEncryption PutBucketEncryption | PutEncryptionConfiguration       | {bucket}
      DeleteBucketIntelligentTieringConfiguration | PutIntelligentTieringConfiguration | {bucket}
      DeleteBucketInventoryConfiguration | PutInventoryConfiguration                | {bucket}
      DeleteBucketLifecycle PutBucketLifecycleConfiguration \
      | PutLifecycleConfiguration                                                   | {bucket}
      DeleteBucketMetricsConfiguration | PutMetricsConfiguration                    | {bucket}
      DeleteBucketOwnershipControls PutBucketOwnershipControls \
      | PutBucketOwnershipControls                                                  | {bucket}
      DeleteBucketPolicy GetBucketPolicy PutBucketPolicy GetBucketPolicyStatus      | {bucket}
      DeleteBucketReplication | PutReplicationConfiguration                         | {bucket}
      DeleteBucketTagging PutBucketTagging | PutBucketTagging                       | {bucket}
      DeleteBucketWebsite GetBucketWebsite PutBucketWebsite                         | {bucket}
      DeleteObject DeleteObjectTagging                                              | computed
      DeleteObjects | DeleteObject DeleteObjectVersion                              | computed
      DeletePublicAccessBlock PutPublicAccessBlock | PutBucketPublicAccessBlock     | {bucket}
      GetBucketAccelerateConfiguration | GetAccelerateConfiguration                 | {bucket}
      GetBucketAcl PutBucketAcl GetBucketLocation                                   | {bucket}
      GetBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations \
      | GetAnalyticsConfiguration                                                   | {bucket}
      GetBucketCors | GetBucketCORS                                                 | {bucket}
      GetBucketEncryption | GetEncryptionConfiguration                              | {bucket}
      GetBucketIntelligentTieringConfiguration ListBucketIntelligentTieringConfigurations \
      | GetIntelligentTieringConfiguration                                          | {bucket}
      GetBucketInventoryConfiguration ListBucketInventoryConfigurations \
      | GetInventoryConfiguration                                                   | {bucket}
      GetBucketLifecycleConfiguration | GetLifecycleConfiguration                   | {bucket}
      GetBucketLogging PutBucketLogging GetBucketOwnershipControls                  | {bucket}
      GetBucketMetricsConfiguration ListBucketMetricsConfigurations \
      | GetMetricsConfiguration                                                     | {bucket}
      GetBucketNotificationConfiguration | GetBucketNotification                    | {bucket}
      GetBucketReplication | GetReplicationConfiguration                            | {bucket}
      GetBucketRequestPayment PutBucketRequestPayment GetBucketTagging              | {bucket}
      GetBucketVersioning PutBucketVersioning                                       | {bucket}
      GetObject GetObjectTagging PutObjectTagging                                   | computed
      GetObjectAttributes | GetObject GetObjectAttributes                           | computed
      GetObjectLockConfiguration | GetBucketObjectLockConfiguration                 | {bucket}
      GetPublicAccessBlock | GetBucketPublicAccessBlock                             | {bucket}
      HeadBucket ListObjects ListObjectsV2 | ListBucket                             | {bucket}
      HeadObject | GetObject                                                        | computed
      ListBuckets | ListAllMyBuckets                                                | *
      ListMultipartUploads | ListBucketMultipartUploads                             | {bucket}
      ListObjectVersions | ListBucketVersions                                       | {bucket}
      ListParts | ListMultipartUploadParts                                          | {object}
      PutBucketAccelerateConfiguration | PutAccelerateConfiguration                 | {bucket}
      PutBucketNotificationConfiguration | PutBucketNotification                    | {bucket}
      PutObjectLockConfiguration | PutBucketObjectLockConfiguration                 | {bucket}
      """;

  private static final String WRITES = "PutObject CopyObject CreateMultipartUpload";
  private static final String COPIES = "CopyObject UploadPartCopy";

  S3Access(S3Store store, String account) {
    this(store, account, table(new S3AccessKeys(store)));
  }

  private static AccessTable table(S3AccessKeys keys) {
    return keys.into(AccessTable.of("s3", ROWS))
        .naming("bucket", request -> arn(request.textOrAny("Bucket")))
        .naming("object", request -> object(request, request.textOrAny("Key")))
        .computing(
            "DeleteObject GetObject GetObjectTagging PutObjectTagging DeleteObjectTagging"
                + " GetObjectAttributes HeadObject",
            S3Access::version)
        .adding(COPIES, "s3:GetObject s3:GetObjectVersion", S3Access::source)
        .adding(WRITES, "s3:PutObjectAcl", request -> when(request, "ACL", "PutObjectAcl"))
        .adding(
            WRITES, "s3:PutObjectTagging", request -> when(request, "Tagging", "PutObjectTagging"))
        .adding(
            WRITES,
            "s3:PutObjectLegalHold",
            request -> when(request, "ObjectLockLegalHoldStatus", "PutObjectLegalHold"))
        .adding(
            WRITES,
            "s3:PutObjectRetention",
            request -> when(request, "ObjectLockMode", "PutObjectRetention"))
        .adding("CreateBucket", "s3:PutBucketAcl", request -> when(request, "ACL", "PutBucketAcl"))
        .adding(
            "CreateBucket",
            "s3:PutBucketOwnershipControls",
            request -> when(request, "ObjectOwnership", "PutBucketOwnershipControls"));
  }

  private static String arn(String resource) {
    return Arn.aws("s3", "", "", resource);
  }

  private static String object(AccessRequest request, String key) {
    return arn(request.textOrAny("Bucket") + "/" + key);
  }

  /** A permission that a header adds. */
  private static List<AccessCheck> when(AccessRequest request, String member, String action) {
    String resource =
        request.operation().name().equals("CreateBucket")
            ? arn(request.textOrAny("Bucket"))
            : object(request, request.textOrAny("Key"));
    return request.text(member).stream()
        .map(given -> AccessCheck.of("s3:" + action, resource))
        .toList();
  }

  /** Versions have permissions of their own. */
  private static List<AccessCheck> version(AccessRequest request) {
    String name = request.operation().name();
    String resource = object(request, request.textOrAny("Key"));
    boolean versioned = request.text("VersionId").isPresent();
    var checks = new ArrayList<AccessCheck>();
    List<String> actions =
        switch (name) {
          case "HeadObject" -> List.of("GetObject");
          case "GetObjectAttributes" -> List.of("GetObject", name);
          default -> List.of(name);
        };
    for (String action : actions) {
      checks.add(
          AccessCheck.of(
              "s3:" + (versioned ? action.replace("Object", "ObjectVersion") : action), resource));
    }
    return checks;
  }

  /** The permission to delete one of the keys of DeleteObjects. */
  static AccessCheck deletion(String bucket, String key, String versionId) {
    return AccessCheck.of(
        versionId.isEmpty() ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
        arn(bucket + "/" + key));
  }

  private static List<AccessCheck> source(AccessRequest request) {
    return request.text("CopySource").stream()
        .map(
            text -> {
              boolean versioned = text.contains("?versionId=");
              String path = CopySource.decode(text.split("\\?versionId=", 2)[0]);
              return AccessCheck.of(
                  versioned ? "s3:GetObjectVersion" : "s3:GetObject",
                  arn(path.startsWith("/") ? path.substring(1) : path));
            })
        .toList();
  }

  /** A caller that may not list a bucket does not learn which objects it has. */
  @Override
  public List<AccessCheck> checksToSee(AwsException error, AccessRequest request) {
    return error.status() == 404 && error.code().startsWith("NoSuchKey")
        ? List.of(AccessCheck.of("s3:ListBucket", arn(request.textOrAny("Bucket"))))
        : List.of();
  }

  @Override
  public Optional<String> resourcePolicy(String resource) {
    String path = resource.replaceFirst("^arn:[^:]+:s3:::", "");
    try {
      return store
          .settings(path.split("/", 2)[0])
          .get(BucketSetting.POLICY)
          .map(policy -> policy.asText());
    } catch (AwsException noBucket) {
      return Optional.empty();
    }
  }

  @Override
  public boolean takesAnonymous() {
    return true;
  }

  @Override
  public AwsException denied(Protocol protocol, AccessDenial denial) {
    return S3Errors.accessDenied(denial, account);
  }
}
