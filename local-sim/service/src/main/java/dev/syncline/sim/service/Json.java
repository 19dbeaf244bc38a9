// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON helpers that services share. */
public final class Json {
  /** DynamoDB has names of 65,535 bytes, and refuses longer ones in its own words. */
  private static final int MAX_NAME_LENGTH = 1 << 20;

  /** Lambda takes requests of this size, which are one text but for a few members: the package. */
  private static final int MAX_TEXT_LENGTH = 70_167_211;

  /** Reads and writes JSON; refuses anything after the first value. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder(
              // Buffers kept by thread would be allocated again for each virtual thread.
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  // Names of members may be data, as those of DynamoDB's attributes.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNameLength(MAX_NAME_LENGTH)
                          .maxStringLength(MAX_TEXT_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
          .build();

  private Json() {}

  /** A new empty structure. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new empty list. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A list of texts. */
  public static ArrayNode texts(Collection<String> values) {
    ArrayNode list = array();
    values.forEach(list::add);
    return list;
  }

  /** Puts a text, unless it is null. */
  public static void putIfPresent(ObjectNode json, String member, @Nullable String value) {
    if (value != null) {
      json.put(member, value);
    }
  }

  /** Puts a number, unless it is null. */
  public static void putIfPresent(ObjectNode json, String member, @Nullable Integer value) {
    if (value != null) {
      json.put(member, value);
    }
  }

  /** Puts texts by their names, unless there are none. */
  public static void putUnlessEmpty(ObjectNode json, String member, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      ObjectNode object = json.putObject(member);
      texts.forEach(object::put);
    }
  }

  /** A timestamp as the JSON protocols write it: seconds since the epoch, to the millisecond. */
  public static DecimalNode epochSeconds(Instant time) {
    return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli(), 3));
  }

  /** The value as JSON text. */
  public static String write(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree that cannot be written", impossible);
    }
  }

  /** The value as UTF-8 bytes. */
  public static byte[] writeBytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree that cannot be written", impossible);
    }
  }
}
