// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper of the engine. Thread-safe. */
public final class AslJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              // AWS's messages quote the source: "at [Source: (String)...".
              JsonFactory.builder()
                  .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // Buffers kept by thread would be allocated again for each virtual thread.
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AslJson() {}

  /** Reads exactly one JSON value. */
  public static JsonNode parse(String text) throws JsonProcessingException {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JsonParseException e) {
      throw JsonFaults.asAws(e);
    }
    if (node == null || node.isMissingNode()) {
      throw MismatchedInputException.from(
          (JsonParser) null, Object.class, "No content to map due to end-of-input");
    }
    return node;
  }

  /**
   * Compact text of a value.
   *
   * @throws StateFailure if it is nested more than 1,000 times
   */
  public static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      // Nested too deeply: a state has built a value that cannot be written as text.
      throw StateFailure.runtime(String.valueOf(e.getOriginalMessage()));
    }
  }

  /** The JSON tree of plain Java values. */
  static JsonNode toJson(@Nullable Object plain) {
    return MAPPER.valueToTree(plain);
  }

  /** A value as plain Java maps, lists, strings and numbers. */
  public static Object toPlain(JsonNode node) {
    return MAPPER.convertValue(node, Object.class);
  }

  /** Length of a text in UTF-8 bytes, without encoding it. */
  public static int utf8Length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // The two characters of a surrogate pair have four bytes together.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
