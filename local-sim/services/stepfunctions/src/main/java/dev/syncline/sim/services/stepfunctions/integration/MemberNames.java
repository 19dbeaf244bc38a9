// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Converts between the names in a state machine, which are PascalCase for every service, and those
 * on the wire. Keys of maps are data and are not changed.
 */
record MemberNames(IntegrationModel model) {

  /** How the SDKs behind the integrations write a point in time. */
  enum Times {
    /** Milliseconds since the epoch: the optimized integrations. */
    MILLIS,
    /** ISO-8601: the AWS SDK integrations. */
    ISO
  }

  /** Parameters as the service takes them. */
  JsonNode toWire(JsonNode parameters) {
    return rename(parameters, this::wireName, Times.ISO, false);
  }

  /**
   * Parameters of an AWS SDK integration as the service takes them.
   *
   * @param members the operation's, as on the wire
   */
  JsonNode toWire(JsonNode parameters, Set<String> members) {
    if (!parameters.isObject()) {
      return parameters;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String given = parameter.getKey();
      String name =
          members.stream()
              .filter(member -> SdkNames.of(member).equals(given))
              .findAny()
              .orElse(wireName(given));
      JsonNode alone = JsonNodeFactory.instance.objectNode().set(given, parameter.getValue());
      renamed.set(name, rename(alone, this::sdkWireName, Times.ISO, false).elements().next());
    }
    return renamed;
  }

  /** An answer as the state machine sees it. */
  JsonNode toStates(JsonNode answer, Times times) {
    return rename(
        answer, times == Times.ISO ? this::sdkName : MemberNames::statesName, times, true);
  }

  private String sdkName(String wire) {
    for (Map.Entry<String, String> member : model.sdkMembers().entrySet()) {
      if (member.getValue().equals(wire)) {
        return member.getKey();
      }
    }
    return SdkNames.of(wire);
  }

  private String sdkWireName(String name) {
    String wire = model.sdkMembers().get(name);
    return wire == null ? wireName(name) : wire;
  }

  private String wireName(String name) {
    String lower = name.substring(0, Math.min(1, name.length())).toLowerCase(Locale.ROOT);
    String decapitalized = lower + name.substring(lower.length());
    if (model.lowerCase()) {
      return model.exceptions().contains(name) ? name : decapitalized;
    }
    return model.exceptions().contains(decapitalized) ? decapitalized : name;
  }

  private static String statesName(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private JsonNode rename(
      JsonNode value, UnaryOperator<String> naming, Times times, boolean answer) {
    if (value.isArray()) {
      ArrayNode renamed = JsonNodeFactory.instance.arrayNode(value.size());
      value.forEach(element -> renamed.add(rename(element, naming, times, answer)));
      return renamed;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String wire = answer ? member.getKey() : naming.apply(member.getKey());
      JsonNode content = member.getValue();
      if (model.maps().contains(wire) && content.isObject()) {
        content =
            map(
                content,
                entry ->
                    model.mapLists().contains(wire + ".*") && entry.isArray()
                        ? maps(entry, naming, times, answer)
                        : rename(entry, naming, times, answer));
      } else if (model.mapLists().contains(wire) && content.isArray()) {
        content = maps(content, naming, times, answer);
      } else if (answer && content.isNumber() && model.times().contains(wire)) {
        content = time(content, times);
      } else {
        content = rename(content, naming, times, answer);
      }
      renamed.set(naming.apply(member.getKey()), content);
    }
    return renamed;
  }

  /** A list of maps: the keys of its elements are data. */
  private JsonNode maps(JsonNode list, UnaryOperator<String> naming, Times times, boolean answer) {
    ArrayNode renamed = JsonNodeFactory.instance.arrayNode(list.size());
    list.forEach(
        element -> renamed.add(map(element, entry -> rename(entry, naming, times, answer))));
    return renamed;
  }

  private static JsonNode map(JsonNode map, UnaryOperator<JsonNode> values) {
    if (!map.isObject()) {
      return map;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    map.properties().forEach(entry -> renamed.set(entry.getKey(), values.apply(entry.getValue())));
    return renamed;
  }

  private static JsonNode time(JsonNode epochSeconds, Times times) {
    long millis = epochSeconds.decimalValue().movePointRight(3).longValue();
    return switch (times) {
      case MILLIS -> LongNode.valueOf(millis);
      case ISO -> TextNode.valueOf(Instant.ofEpochMilli(millis).toString());
    };
  }
}
