// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects the messages of a mapping: those that match one of its patterns. A body is parsed as JSON
 * if the pattern has fields of it; a body that is not JSON then does not match.
 */
record MessageFilter(List<EventPattern> patterns) {
  /** Selects every message. */
  static final MessageFilter ALL = new MessageFilter(List.of());

  MessageFilter {
    patterns = List.copyOf(patterns);
  }

  boolean wants(ObjectNode message) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, message));
  }

  private static boolean matches(EventPattern pattern, ObjectNode message) {
    JsonNode asked = pattern.field("body");
    if (asked == null || !asked.isObject()) {
      return pattern.matches(message);
    }
    JsonNode body = json(message.path("body").asText());
    if (body == null || !body.isObject()) {
      return false;
    }
    ObjectNode readable = message.deepCopy();
    readable.set("body", body);
    return pattern.matches(readable);
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }
}
