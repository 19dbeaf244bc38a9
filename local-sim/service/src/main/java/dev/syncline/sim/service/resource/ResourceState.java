// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A resource that exists. Immutable.
 *
 * @param physicalId what {@code Ref} gives
 * @param attributes what {@code Fn::GetAtt} gives, by name as in {@code Dns.Http}
 */
public record ResourceState(String physicalId, Map<String, JsonNode> attributes) {
  /** Copies the attributes. */
  public ResourceState {
    attributes = Map.copyOf(attributes);
  }

  /**
   * A resource with text attributes.
   *
   * @param namesAndValues name, value, name, value …
   */
  public static ResourceState of(String physicalId, String... namesAndValues) {
    var attributes = new LinkedHashMap<String, JsonNode>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], TextNode.valueOf(namesAndValues[i + 1]));
    }
    return new ResourceState(physicalId, attributes);
  }

  /**
   * A required attribute, as text.
   *
   * @throws IllegalStateException when it has none of that name
   */
  public String text(String attribute) {
    JsonNode value = attributes.get(attribute);
    if (value == null) {
      throw new IllegalStateException(physicalId + " has no attribute " + attribute);
    }
    return value.asText();
  }
}
