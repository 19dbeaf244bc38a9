// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The rules of AWSJSON: a text outside of resolvers, the parsed value within. */
final class JsonScalar {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader ONE_DOCUMENT =
      JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonScalar() {}

  static @Nullable Object parse(Object value) {
    return value instanceof String text ? document(text) : null;
  }

  /** Makes a text of any value; a text that is JSON already stays as it is. */
  static Object serialize(Object value) {
    if (value instanceof String text && document(text) != null) {
      return text;
    }
    return value instanceof JsonNode node ? node.toString() : JSON.valueToTree(value).toString();
  }

  private static @Nullable JsonNode document(String text) {
    try {
      JsonNode node = ONE_DOCUMENT.readValue(text);
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException malformed) {
      return null;
    }
  }
}
