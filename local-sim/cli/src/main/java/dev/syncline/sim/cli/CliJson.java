// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The JSON of the command line. Thread-safe. */
final class CliJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CliJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** An object of texts, in the map's order. */
  static ObjectNode object(Map<String, String> texts) {
    ObjectNode node = object();
    texts.forEach(node::put);
    return node;
  }

  /**
   * Parses one JSON value.
   *
   * @throws JsonProcessingException when the text is not exactly one value
   */
  static JsonNode parse(String text) throws JsonProcessingException {
    JsonNode node = MAPPER.readTree(text);
    if (node == null || node.isMissingNode()) {
      throw new NoJson();
    }
    return node;
  }

  /** The text is empty. */
  private static final class NoJson extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NoJson() {
      super("there is no JSON value");
    }
  }
}
