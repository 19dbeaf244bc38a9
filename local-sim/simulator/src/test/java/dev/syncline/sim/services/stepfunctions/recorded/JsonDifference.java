// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/** Compares an answer with a recorded one, and JSON within a text as JSON. */
abstract class JsonDifference {
  /** Where the two first differ, null if they do not. */
  final @Nullable String difference(JsonNode recorded, JsonNode actual) {
    return difference(recorded, actual, "");
  }

  /** The same for a part of both; {@code path} leads to it. */
  abstract @Nullable String difference(JsonNode recorded, JsonNode actual, String path);

  final @Nullable String arrays(JsonNode expected, JsonNode got, String path) {
    if (expected.size() != got.size()) {
      return path + " has " + got.size() + " elements, not " + expected.size() + ": " + got;
    }
    for (int i = 0; i < expected.size(); i++) {
      String found = difference(expected.get(i), got.get(i), path + "[" + i + "]");
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  static JsonNode parsed(JsonNode value) {
    if (!value.isTextual() || !(value.asText().startsWith("{") || value.asText().startsWith("["))) {
      return value;
    }
    try {
      return Json.MAPPER.readTree(value.asText());
    } catch (JsonProcessingException notJson) {
      return value;
    }
  }

  static String differs(String path, JsonNode expected, JsonNode got) {
    return path + " is " + got + ", not " + expected;
  }
}
