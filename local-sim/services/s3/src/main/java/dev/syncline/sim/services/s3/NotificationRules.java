// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.models.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which notification configurations a bucket takes, apart from whether their destinations can be
 * reached, and which of them an event meets. Source: "Amazon S3 Event Notifications" in S3's user
 * guide.
 */
final class NotificationRules {
  static final String QUEUES = "QueueConfigurations";
  static final String FUNCTIONS = "LambdaFunctionConfigurations";
  static final String EVENT_BRIDGE = "EventBridgeConfiguration";
  private static final String TOPICS = "TopicConfigurations";
  private static final String PREFIX = "Prefix";
  private static final String SUFFIX = "Suffix";
  private static final int MAX_FILTER_BYTES = 1024;
  private static final int MAX_CONFIGURATIONS = 100;

  /** The members that hold an ARN, by list. */
  static String arnMember(String list) {
    return list.equals(QUEUES) ? "QueueArn" : "LambdaFunctionArn";
  }

  private NotificationRules() {}

  /** The configuration as it is stored: with ids, and filter names as S3 writes them. */
  static ObjectNode accepted(Input given, Ids ids) {
    if (!given.list(TOPICS).isEmpty()) {
      throw S3Errors.notImplemented(
          "notifications to SNS topics (the member '"
              + TOPICS
              + "'), because the simulator has no"
              + " SNS; use a queue or a function");
    }
    ObjectNode stored = Json.object();
    var names = new HashSet<String>();
    if (given.list(QUEUES).size() + given.list(FUNCTIONS).size() > MAX_CONFIGURATIONS) {
      throw BucketErrors.malformedXml("at most " + MAX_CONFIGURATIONS + " configurations");
    }
    var all = new ArrayList<ObjectNode>();
    for (String list : List.of(QUEUES, FUNCTIONS)) {
      for (Input configuration : given.structures(list)) {
        ObjectNode one = one(configuration, ids);
        if (!names.add(one.path("Id").asText())) {
          throw BucketErrors.invalidArgument(
              "Same ID used for multiple configurations. IDs must be unique");
        }
        all.add(one);
        stored.withArray(list).add(one);
      }
    }
    requireNoOverlap(all);
    if (given.has(EVENT_BRIDGE)) {
      stored.putObject(EVENT_BRIDGE);
    }
    return stored;
  }

  private static ObjectNode one(Input given, Ids ids) {
    ObjectNode one = given.json().deepCopy();
    if (given.text("Id").orElse("").isEmpty()) {
      one.put("Id", S3Text.ruleId(ids));
    }
    var events = new LinkedHashSet<>(given.texts("Events"));
    if (events.isEmpty()) {
      throw BucketErrors.malformedXml("Events is empty");
    }
    one.set("Events", Json.texts(events));
    for (String event : events) {
      if (!isKnown(event)) {
        throw S3Errors.invalidArgument(
            "Event", event, "The event is not supported for notifications");
      }
    }
    for (JsonNode rule : one.at("/Filter/Key/FilterRules")) {
      requireFilter(rule);
    }
    String first = one.at("/Filter/Key/FilterRules/0/Name").asText();
    if (!first.isEmpty() && first.equals(one.at("/Filter/Key/FilterRules/1/Name").asText())) {
      throw S3Errors.invalidArgument(
          "FilterRule.Name",
          first.toLowerCase(Locale.ROOT),
          "Cannot specify more than one " + first.toLowerCase(Locale.ROOT) + " rule in a filter.");
    }
    return one;
  }

  private static boolean isKnown(String event) {
    return ServiceModel.of("s3").shape("Event") instanceof ModelShape.Text text
        && text.allowed().contains(event);
  }

  private static void requireFilter(JsonNode rule) {
    String name = rule.path("Name").asText().toLowerCase(Locale.ROOT);
    if (!name.equals("prefix") && !name.equals("suffix")) {
      throw S3Errors.invalidArgument(
          "FilterRule.Name",
          rule.path("Name").asText(),
          "filter rule name must be either prefix or suffix");
    }
    String value = rule.path("Value").asText();
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_FILTER_BYTES) {
      throw S3Errors.invalidArgument(
          "FilterRule.Value",
          value,
          "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation");
    }
    if (rule instanceof ObjectNode named) {
      named.put("Name", name.equals("prefix") ? PREFIX : SUFFIX).put("Value", value);
    }
  }

  private static void requireNoOverlap(List<ObjectNode> all) {
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        ObjectNode one = all.get(i);
        ObjectNode other = all.get(j);
        if (shareEvent(one, other)
            && overlap(filter(one, PREFIX), filter(other, PREFIX), true)
            && overlap(filter(one, SUFFIX), filter(other, SUFFIX), false)) {
          throw BucketErrors.invalidArgument(
              one.has("Filter") || other.has("Filter")
                  ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two"
                      + " rules if the prefixes are overlapping for the same event type."
                  : "Configurations overlap. Configurations on the same bucket cannot share a"
                      + " common event type.");
        }
      }
    }
  }

  private static boolean shareEvent(JsonNode one, JsonNode other) {
    return events(one)
        .anyMatch(
            event -> events(other).anyMatch(also -> covers(event, also) || covers(also, event)));
  }

  private static Stream<String> events(JsonNode configuration) {
    var events = new ArrayList<String>();
    configuration.path("Events").forEach(event -> events.add(event.asText()));
    return events.stream();
  }

  private static boolean overlap(String one, String other, boolean atStart) {
    return atStart
        ? one.startsWith(other) || other.startsWith(one)
        : one.endsWith(other) || other.endsWith(one);
  }

  private static String filter(JsonNode configuration, String name) {
    for (JsonNode rule : configuration.at("/Filter/Key/FilterRules")) {
      if (rule.path("Name").asText().equals(name)) {
        return rule.path("Value").asText();
      }
    }
    return "";
  }

  private static boolean covers(String wanted, String event) {
    return wanted.endsWith("*")
        ? event.startsWith(wanted.substring(0, wanted.length() - 1))
        : wanted.equals(event);
  }

  /**
   * The configurations of a list that want an event.
   *
   * @param event with {@code s3:}
   */
  static List<JsonNode> matching(JsonNode configuration, String list, String event, String key) {
    var matching = new ArrayList<JsonNode>();
    for (JsonNode one : configuration.path(list)) {
      if (events(one).anyMatch(wanted -> covers(wanted, event))
          && key.startsWith(filter(one, PREFIX))
          && key.endsWith(filter(one, SUFFIX))) {
        matching.add(one);
      }
    }
    return matching;
  }

  /** The ARNs of a list. */
  static List<String> arns(JsonNode configuration, String list) {
    var arns = new ArrayList<String>();
    if (configuration.path(list) instanceof ArrayNode all) {
      all.forEach(one -> arns.add(one.path(arnMember(list)).asText()));
    }
    return arns;
  }
}
