// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A property of a bucket that operations of its own set and remove. Immutable.
 *
 * @param put the operation that sets it
 * @param member the operation's member for it
 * @param document the value of the member, from the property
 * @param remove removes it when the property is gone
 */
record BucketPart(
    String property,
    String put,
    String member,
    Function<JsonNode, JsonNode> document,
    Removal remove) {

  /** Takes a property away from a bucket. */
  @FunctionalInterface
  interface Removal {
    void run(ServiceCalls calls, String bucket);
  }

  /** In the order in which a bucket gets them. */
  static final List<BucketPart> ALL =
      List.of(
          of(
              "OwnershipControls",
              "PutBucketOwnershipControls",
              "OwnershipControls",
              by("DeleteBucketOwnershipControls")),
          of(
              "PublicAccessBlockConfiguration",
              "PutPublicAccessBlock",
              "PublicAccessBlockConfiguration",
              by("DeletePublicAccessBlock")),
          new BucketPart(
              "AccessControl",
              "PutBucketAcl",
              "ACL",
              given -> TextNode.valueOf(canned(given)),
              BucketPart::makePrivate),
          of(
              "BucketEncryption",
              "PutBucketEncryption",
              "ServerSideEncryptionConfiguration",
              by("DeleteBucketEncryption")),
          of(
              "VersioningConfiguration",
              "PutBucketVersioning",
              "VersioningConfiguration",
              setting(
                  "PutBucketVersioning",
                  "VersioningConfiguration",
                  Json.object().put("Status", "Suspended"))),
          new BucketPart(
              "LifecycleConfiguration",
              "PutBucketLifecycleConfiguration",
              "LifecycleConfiguration",
              LifecycleProperty::document,
              by("DeleteBucketLifecycle")),
          of("CorsConfiguration", "PutBucketCors", "CORSConfiguration", by("DeleteBucketCors")),
          of(
              "AccelerateConfiguration",
              "PutBucketAccelerateConfiguration",
              "AccelerateConfiguration",
              setting(
                  "PutBucketAccelerateConfiguration",
                  "AccelerateConfiguration",
                  Json.object().put("Status", "Suspended"))),
          new BucketPart(
              "LoggingConfiguration",
              "PutBucketLogging",
              "BucketLoggingStatus",
              given -> Json.object().set("LoggingEnabled", given),
              setting("PutBucketLogging", "BucketLoggingStatus", Json.object())),
          new BucketPart(
              "WebsiteConfiguration",
              "PutBucketWebsite",
              "WebsiteConfiguration",
              BucketPart::website,
              by("DeleteBucketWebsite")),
          new BucketPart(
              "Tags",
              "PutBucketTagging",
              "Tagging",
              tags -> Json.object().set("TagSet", tags),
              by("DeleteBucketTagging")),
          new BucketPart(
              "NotificationConfiguration",
              "PutBucketNotificationConfiguration",
              "NotificationConfiguration",
              BucketPart::notifications,
              setting(
                  "PutBucketNotificationConfiguration",
                  "NotificationConfiguration",
                  Json.object())));

  private static BucketPart of(String property, String put, String member, Removal remove) {
    return new BucketPart(property, put, member, given -> given, remove);
  }

  private static Removal by(String operation) {
    return (calls, bucket) -> calls.call("s3", operation, calls.input().put("Bucket", bucket));
  }

  private static Removal setting(String operation, String member, JsonNode value) {
    return (calls, bucket) ->
        calls.call("s3", operation, calls.input().put("Bucket", bucket).set(member, value));
  }

  /** Sets the property of a new bucket, if it has it. */
  void create(ServiceCalls calls, String bucket, ObjectNode properties) {
    if (properties.has(property)) {
      set(calls, bucket, properties);
    }
  }

  /** Sets or removes the property if it differs. */
  void update(ServiceCalls calls, String bucket, ObjectNode before, ObjectNode after) {
    if (before.path(property).equals(after.path(property))) {
      return;
    }
    if (after.has(property)) {
      set(calls, bucket, after);
    } else {
      remove.run(calls, bucket);
    }
  }

  private void set(ServiceCalls calls, String bucket, ObjectNode properties) {
    JsonNode given = properties.path(property);
    if (given.asText().equals("Private")) {
      remove.run(calls, bucket);
      return;
    }
    ObjectNode input = calls.input().put("Bucket", bucket);
    if (given.has(LifecycleProperty.MINIMUM)) {
      input.set(LifecycleProperty.MINIMUM, given.path(LifecycleProperty.MINIMUM));
    }
    JsonNode value = document.apply(given);
    if (value.path("LoggingEnabled") instanceof ObjectNode target) {
      addDefaults(target, bucket);
    }
    calls.call("s3", put, input.set(member, value));
  }

  /** Logs go to the bucket itself unless the property names another. */
  private static void addDefaults(ObjectNode target, String bucket) {
    if (!target.has("TargetBucket")) {
      target.put("TargetBucket", bucket);
    }
    if (!target.has("TargetPrefix")) {
      target.put("TargetPrefix", "");
    }
  }

  /** A bucket without access control lists is private already. */
  private static void makePrivate(ServiceCalls calls, String bucket) {
    try {
      setting("PutBucketAcl", "ACL", TextNode.valueOf("private")).run(calls, bucket);
    } catch (AwsException refused) {
      if (!refused.code().equals("AccessControlListNotSupported")) {
        throw refused;
      }
    }
  }

  /** {@code LogDeliveryWrite} as {@code log-delivery-write}. */
  static String canned(JsonNode given) {
    return given.asText().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static JsonNode website(JsonNode given) {
    ObjectNode document = given.deepCopy();
    wrap(document, "ErrorDocument", "Key");
    wrap(document, "IndexDocument", "Suffix");
    return document;
  }

  private static void wrap(ObjectNode document, String member, String inner) {
    if (document.has(member)) {
      document.set(member, Json.object().set(inner, document.get(member)));
    }
  }

  private static JsonNode notifications(JsonNode given) {
    ObjectNode document = given.deepCopy();
    for (String list : List.of("LambdaFunctionConfigurations", "QueueConfigurations")) {
      document
          .path(list)
          .forEach(
              one -> {
                if (one instanceof ObjectNode configuration) {
                  configuration.putArray("Events").add(configuration.remove("Event"));
                }
              });
    }
    JsonNode bridge = document.remove("EventBridgeConfiguration");
    if (bridge != null && bridge.path("EventBridgeEnabled").asBoolean(true)) {
      document.putObject("EventBridgeConfiguration");
    }
    return document;
  }
}
