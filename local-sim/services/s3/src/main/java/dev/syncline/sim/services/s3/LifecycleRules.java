// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;

/**
 * Which lifecycle configurations a bucket takes. Source: the S3 API reference and "Lifecycle
 * configuration elements" in S3's user guide.
 */
final class LifecycleRules {
  /** The default of the threshold below which objects are not moved to another class. */
  static final String DEFAULT_MINIMUM = "all_storage_classes_128K";

  /** The member with the threshold. */
  static final String MINIMUM = "TransitionDefaultMinimumObjectSize";

  private static final int MAX_RULES = 1000;
  private static final int MAX_ID = 255;
  private static final List<String> ACTIONS =
      List.of(
          "Expiration",
          "NoncurrentVersionExpiration",
          "AbortIncompleteMultipartUpload",
          "Transitions",
          "NoncurrentVersionTransitions");

  private LifecycleRules() {}

  /**
   * The configuration as it is stored: rules without an id get one.
   *
   * @param minimum the threshold for transitions, empty for the default
   */
  static JsonNode accepted(Input given, String minimum, Ids ids) {
    ObjectNode stored = given.json().deepCopy();
    ArrayNode rules = stored.withArray("Rules");
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw BucketErrors.malformedXml("Rules must be 1 to " + MAX_RULES);
    }
    var names = new HashSet<String>();
    for (JsonNode node : rules) {
      if (node instanceof ObjectNode rule) {
        Input input = new Input(rule);
        String id = input.text("ID").orElse("");
        if (id.isEmpty()) {
          id = S3Text.ruleId(ids);
          rule.put("ID", id);
        }
        if (id.length() > MAX_ID) {
          throw BucketErrors.invalidArgument("ID length should not exceed allowed limit of 255");
        }
        if (!names.add(id)) {
          throw S3Errors.invalidArgument(
              "ID", id, "Rule ID must be unique. Found same ID for more than one rule");
        }
        require(input);
      }
    }
    if (!minimum.isEmpty()
        && !minimum.equals(DEFAULT_MINIMUM)
        && !minimum.equals("varies_by_storage_class")) {
      throw S3Errors.invalidArgument(
          "x-amz-transition-default-minimum-object-size",
          minimum,
          "Invalid TransitionDefaultMinimumObjectSize found");
    }
    return stored.put(MINIMUM, minimum.isEmpty() ? DEFAULT_MINIMUM : minimum);
  }

  private static void require(Input rule) {
    if (rule.has("Filter") == rule.has("Prefix")) {
      throw BucketErrors.malformedXml("a rule needs either Filter or Prefix");
    }
    if (ACTIONS.stream().noneMatch(rule::has)) {
      throw BucketErrors.invalidRequest("At least one action needs to be specified in a rule");
    }
    boolean byTag = rule.structure("Filter").map(LifecycleRules::requireFilter).orElse(false);
    rule.structure("Expiration").ifPresent(expiration -> requireExpiration(expiration, byTag));
    rule.structure("NoncurrentVersionExpiration")
        .ifPresent(
            expiration -> {
              requirePositive(expiration, "NoncurrentDays", "NoncurrentVersionExpiration action");
              if (!expiration.has("NoncurrentDays")) {
                throw BucketErrors.malformedXml("NoncurrentDays is missing");
              }
              requirePositive(
                  expiration, "NewerNoncurrentVersions", "NoncurrentVersionExpiration action");
            });
    rule.structure("AbortIncompleteMultipartUpload")
        .ifPresent(
            abort -> {
              if (byTag) {
                throw BucketErrors.invalidRequest(
                    "AbortIncompleteMultipartUpload cannot be specified with Tags.");
              }
              if (!abort.has("DaysAfterInitiation")) {
                throw BucketErrors.malformedXml("DaysAfterInitiation is missing");
              }
              requirePositive(
                  abort, "DaysAfterInitiation", "AbortIncompleteMultipartUpload action");
            });
    rule.structures("Transitions").forEach(LifecycleRules::requireTransition);
    for (Input transition : rule.structures("NoncurrentVersionTransitions")) {
      if (!transition.has("StorageClass") || !transition.has("NoncurrentDays")) {
        throw BucketErrors.malformedXml("a transition needs NoncurrentDays and StorageClass");
      }
    }
  }

  /** Checks a filter; whether it has tags. */
  private static boolean requireFilter(Input filter) {
    if (filter.json().size() > 1) {
      throw BucketErrors.malformedXml("Filter has at most one element; use And");
    }
    Input parts = filter.structure("And").orElse(filter);
    if (filter.has("And") && parts.json().size() + parts.list("Tags").size() < 2) {
      throw BucketErrors.malformedXml("And needs two or more elements");
    }
    var keys = new HashSet<String>();
    for (Input tag : parts.structures("Tags")) {
      if (!keys.add(tag.requiredText("Key"))) {
        throw BucketErrors.invalidRequest("Duplicate Tag Keys are not allowed.");
      }
    }
    long more = parts.longInteger("ObjectSizeGreaterThan").orElse(-1);
    long less = parts.longInteger("ObjectSizeLessThan").orElse(Long.MAX_VALUE);
    if (less <= more) {
      throw BucketErrors.invalidRequest(
          "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
    }
    return filter.has("Tag") || parts.has("Tags");
  }

  private static void requireExpiration(Input expiration, boolean byTag) {
    if (expiration.json().size() != 1) {
      throw BucketErrors.malformedXml(
          "Expiration needs one of Days, Date and ExpiredObjectDeleteMarker");
    }
    if (expiration.has("ExpiredObjectDeleteMarker") && byTag) {
      throw BucketErrors.invalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
    }
    requirePositive(expiration, "Days", "Expiration action");
    requireMidnight(expiration);
  }

  private static void requireTransition(Input transition) {
    if (!transition.has("StorageClass") || transition.has("Days") == transition.has("Date")) {
      throw BucketErrors.malformedXml("a transition needs StorageClass and either Days or Date");
    }
    if (transition.integer("Days").orElse(0) < 0) {
      throw BucketErrors.invalidArgument("'Days' in Transition action must be nonnegative");
    }
    requireMidnight(transition);
  }

  private static void requirePositive(Input action, String member, String where) {
    if (action.has(member) && action.longInteger(member).orElse(0) <= 0) {
      throw S3Errors.invalidArgument(
          member,
          action.text(member).orElse(""),
          "'" + member + "' for " + where + " must be a positive integer");
    }
  }

  private static void requireMidnight(Input action) {
    if (!action.has("Date")) {
      return;
    }
    Instant date;
    try {
      date = action.time("Date").orElse(Instant.EPOCH);
    } catch (dev.syncline.sim.service.AwsException notATime) {
      throw BucketErrors.malformedXml("Date must be a time of ISO 8601");
    }
    if (!date.truncatedTo(ChronoUnit.DAYS).equals(date)) {
      throw S3Errors.invalidArgument(
          "Date", action.text("Date").orElse(""), "'Date' must be at midnight GMT");
    }
    action.json().put("Date", S3Text.time(date));
  }
}
