// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.List;

/** The property {@code LifecycleConfiguration} of a bucket, whose form differs from S3's. */
final class LifecycleProperty {
  /** The member that S3 takes beside the rules. */
  static final String MINIMUM = "TransitionDefaultMinimumObjectSize";

  private static final Shape TRANSITION =
      Struct.of(
          member("StorageClass", Shape.text()).required(),
          member("TransitionInDays", Shape.integer()).as("Days"),
          member("TransitionDate", Shape.text()).as("Date"));

  private static final Shape NONCURRENT_TRANSITION =
      Struct.of(
          member("StorageClass", Shape.text()).required(),
          member("TransitionInDays", Shape.integer()).as("NoncurrentDays").required(),
          member("NewerNoncurrentVersions", Shape.integer()));

  private static final Shape RULE =
      Struct.of(
          member("Id", Shape.text()).as("ID"),
          member("Status", Shape.text()).required(),
          member("Prefix", Shape.text()),
          member("ExpirationInDays", Shape.integer()),
          member("ExpirationDate", Shape.text()),
          member("ExpiredObjectDeleteMarker", Shape.bool()),
          member("NoncurrentVersionExpirationInDays", Shape.integer()),
          member(
              "NoncurrentVersionExpiration",
              Struct.of(
                  member("NoncurrentDays", Shape.integer()).required(),
                  member("NewerNoncurrentVersions", Shape.integer()))),
          member(
              "AbortIncompleteMultipartUpload",
              Struct.of(member("DaysAfterInitiation", Shape.integer()).required())),
          member("TagFilters", Shape.tagList("Key", "Value")),
          member("ObjectSizeGreaterThan", Shape.integer()),
          member("ObjectSizeLessThan", Shape.integer()),
          member("Transition", TRANSITION),
          member("Transitions", Shape.list(TRANSITION)),
          member("NoncurrentVersionTransition", NONCURRENT_TRANSITION),
          member("NoncurrentVersionTransitions", Shape.list(NONCURRENT_TRANSITION)));

  /** The property. */
  static final Struct SHAPE =
      Struct.of(member("Rules", Shape.list(RULE)).required(), member(MINIMUM, Shape.text()));

  private LifecycleProperty() {}

  /** The configuration as PutBucketLifecycleConfiguration takes it. */
  static JsonNode document(JsonNode given) {
    ObjectNode document = Json.object();
    ArrayNode rules = document.putArray("Rules");
    given.path("Rules").forEach(rule -> rules.add(rule(rule)));
    return document;
  }

  private static ObjectNode rule(JsonNode given) {
    ObjectNode rule = Json.object();
    copy(given, "ID", rule, "ID");
    copy(given, "Status", rule, "Status");
    rule.set("Filter", filter(given));
    ObjectNode expiration = Json.object();
    copy(given, "ExpirationInDays", expiration, "Days");
    copy(given, "ExpirationDate", expiration, "Date");
    copy(given, "ExpiredObjectDeleteMarker", expiration, "ExpiredObjectDeleteMarker");
    if (!expiration.isEmpty()) {
      rule.set("Expiration", expiration);
    }
    if (given.has("NoncurrentVersionExpirationInDays")) {
      rule.putObject("NoncurrentVersionExpiration")
          .set("NoncurrentDays", given.get("NoncurrentVersionExpirationInDays"));
    }
    copy(given, "NoncurrentVersionExpiration", rule, "NoncurrentVersionExpiration");
    copy(given, "AbortIncompleteMultipartUpload", rule, "AbortIncompleteMultipartUpload");
    several(given, "Transition", rule);
    several(given, "NoncurrentVersionTransition", rule);
    return rule;
  }

  /** The filter: one condition by itself, several inside {@code And}. */
  private static ObjectNode filter(JsonNode given) {
    ObjectNode all = Json.object();
    for (String member : List.of("Prefix", "ObjectSizeGreaterThan", "ObjectSizeLessThan")) {
      copy(given, member, all, member);
    }
    JsonNode tags = given.path("TagFilters");
    if (all.isEmpty() && tags.size() == 1) {
      return Json.object().set("Tag", tags.get(0));
    }
    if (!tags.isEmpty()) {
      all.set("Tags", tags);
    }
    if (all.isEmpty()) {
      return Json.object().put("Prefix", "");
    }
    return all.size() == 1 && tags.isEmpty() ? all : Json.object().set("And", all);
  }

  /** The deprecated member for one, and the list. */
  private static void several(JsonNode given, String one, ObjectNode rule) {
    ArrayNode all = Json.array();
    if (given.has(one)) {
      all.add(given.get(one));
    }
    given.path(one + "s").forEach(all::add);
    if (!all.isEmpty()) {
      rule.set(one + "s", all);
    }
  }

  private static void copy(JsonNode from, String member, ObjectNode to, String name) {
    if (from.has(member)) {
      to.set(name, from.get(member));
    }
  }
}
