// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads JSON in which apostrophes stand for quotation marks. */
final class Nodes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Nodes() {}

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }
}
