// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity of a metric. Immutable.
 *
 * @param dimensions in order of name
 */
record Metric(String namespace, String name, SortedMap<String, String> dimensions) {
  private static final int MAX_DIMENSIONS = 30;

  Metric {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }

  /** Reads {@code Dimensions}. */
  static SortedMap<String, String> dimensions(Input input) {
    var dimensions = new TreeMap<String, String>();
    for (Input dimension : input.structures("Dimensions")) {
      dimension.only("Name", "Value");
      dimensions.put(dimension.requiredText("Name"), dimension.requiredText("Value"));
    }
    if (dimensions.size() > MAX_DIMENSIONS) {
      throw CloudWatchErrors.invalid("A metric may have at most 30 Dimensions.");
    }
    return dimensions;
  }

  ArrayNode dimensionsJson() {
    ArrayNode list = Json.array();
    for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
      list.addObject().put("Name", dimension.getKey()).put("Value", dimension.getValue());
    }
    return list;
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("Namespace", namespace).put("MetricName", name);
    json.set("Dimensions", dimensionsJson());
    return json;
  }
}
