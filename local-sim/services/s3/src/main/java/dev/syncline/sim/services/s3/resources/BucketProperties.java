// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/**
 * The properties of {@code AWS::S3::Bucket}, under the names of S3's operations where those differ
 * in the name only. Others are refused by name: analytics, inventory, metrics, replication, topics,
 * the default retention of Object Lock.
 */
final class BucketProperties {
  private static final Struct FILTER =
      Struct.of(
          member(
                  "S3Key",
                  Struct.of(
                      member(
                              "Rules",
                              Shape.list(
                                  Struct.of(
                                      member("Name", Shape.text()).required(),
                                      member("Value", Shape.text()).required())))
                          .as("FilterRules")
                          .required()))
              .as("Key")
              .required());

  private static final Struct NOTIFICATIONS =
      Struct.of(
          member("EventBridgeConfiguration", Struct.of(member("EventBridgeEnabled", Shape.bool()))),
          member("LambdaConfigurations", destinations("Function", "LambdaFunctionArn"))
              .as("LambdaFunctionConfigurations"),
          member("QueueConfigurations", destinations("Queue", "QueueArn")));

  private static final Struct WEBSITE =
      Struct.of(
          member("ErrorDocument", Shape.text()),
          member("IndexDocument", Shape.text()),
          member(
              "RedirectAllRequestsTo",
              Struct.of(
                  member("HostName", Shape.text()).required(), member("Protocol", Shape.text()))),
          member(
              "RoutingRules",
              Shape.list(
                  Struct.of(
                      member(
                              "RedirectRule",
                              Struct.of(
                                  member("HostName", Shape.text()),
                                  member("HttpRedirectCode", Shape.text()),
                                  member("Protocol", Shape.text()),
                                  member("ReplaceKeyPrefixWith", Shape.text()),
                                  member("ReplaceKeyWith", Shape.text())))
                          .as("Redirect")
                          .required(),
                      member(
                              "RoutingRuleCondition",
                              Struct.of(
                                  member("HttpErrorCodeReturnedEquals", Shape.text()),
                                  member("KeyPrefixEquals", Shape.text())))
                          .as("Condition")))));

  private static final Struct ENCRYPTION =
      Struct.of(
          member(
                  "ServerSideEncryptionConfiguration",
                  Shape.list(
                      Struct.of(
                          member("BucketKeyEnabled", Shape.bool()),
                          member(
                                  "ServerSideEncryptionByDefault",
                                  Struct.of(
                                      member("SSEAlgorithm", Shape.text()).required(),
                                      member("KMSMasterKeyID", Shape.text())))
                              .as("ApplyServerSideEncryptionByDefault"))))
              .as("Rules")
              .required());

  private static final Struct CORS =
      Struct.of(
          member(
                  "CorsRules",
                  Shape.list(
                      Struct.of(
                          member("AllowedHeaders", Shape.list(Shape.text())),
                          member("AllowedMethods", Shape.list(Shape.text())).required(),
                          member("AllowedOrigins", Shape.list(Shape.text())).required(),
                          member("ExposedHeaders", Shape.list(Shape.text())).as("ExposeHeaders"),
                          member("Id", Shape.text()).as("ID"),
                          member("MaxAge", Shape.integer()).as("MaxAgeSeconds"))))
              .as("CORSRules")
              .required());

  /** Every property. */
  static final Struct ALL =
      Struct.of(
          member("BucketName", Shape.text()).fixed(),
          member("ObjectLockEnabled", Shape.bool()).fixed(),
          member(
              "AccelerateConfiguration",
              Struct.of(member("AccelerationStatus", Shape.text()).as("Status").required())),
          member("AccessControl", Shape.text()),
          member("BucketEncryption", ENCRYPTION),
          member("CorsConfiguration", CORS),
          member("LifecycleConfiguration", LifecycleProperty.SHAPE),
          member(
              "LoggingConfiguration",
              Struct.of(
                  member("DestinationBucketName", Shape.text()).as("TargetBucket"),
                  member("LogFilePrefix", Shape.text()).as("TargetPrefix"))),
          member("NotificationConfiguration", NOTIFICATIONS),
          member(
              "OwnershipControls",
              Struct.of(
                  member("Rules", Shape.list(Struct.of(member("ObjectOwnership", Shape.text()))))
                      .required())),
          member(
              "PublicAccessBlockConfiguration",
              Struct.of(
                  member("BlockPublicAcls", Shape.bool()),
                  member("BlockPublicPolicy", Shape.bool()),
                  member("IgnorePublicAcls", Shape.bool()),
                  member("RestrictPublicBuckets", Shape.bool()))),
          member("Tags", Shape.tagList("Key", "Value")),
          member("VersioningConfiguration", Struct.of(member("Status", Shape.text()).required())),
          member("WebsiteConfiguration", WEBSITE));

  private BucketProperties() {}

  private static Shape destinations(String name, String target) {
    return Shape.list(
        Struct.of(
            member("Event", Shape.text()).required(),
            member(name, Shape.text()).as(target).required(),
            member("Filter", FILTER)));
  }
}
