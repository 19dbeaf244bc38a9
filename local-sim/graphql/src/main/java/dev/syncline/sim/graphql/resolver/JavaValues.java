// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Java's collections and back. Members keep their order; a null member stays. Stateless.
 */
public final class JavaValues {
  /** Reads one JSON document; what comes after it is an error. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final int MAX_DEPTH = 500;
  private static final int MAX_PARTS = 1_000_000;
  private static final String TOO_DEEP = "The value is nested too deeply";

  private JavaValues() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An object as a map that may be changed. */
  public static Map<String, @Nullable Object> map(JsonNode object) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      map.put(member.getKey(), of(member.getValue()));
    }
    return map;
  }

  /** A node as a map, list, text, number or truth value; null for a null or missing node. */
  public static @Nullable Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(node.size());
        for (JsonNode element : node) {
          list.add(of(element));
        }
        yield list;
      }
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case BINARY, POJO -> node.asText();
      case NULL, MISSING -> null;
    };
  }

  /**
   * A value of a template as JSON. Types without a form in JSON give their text.
   *
   * @throws ValueTooLargeException for a value that is nested too deeply or has too many parts
   */
  public static JsonNode json(@Nullable Object value) {
    return new Conversion().json(value, MAX_DEPTH);
  }

  /** A conversion that counts its parts: a list that holds another twice has its parts twice. */
  private static final class Conversion {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private int parts;

    JsonNode json(@Nullable Object value, int depth) {
      if (depth == 0) {
        throw new ValueTooLargeException(TOO_DEEP);
      }
      parts++;
      if (parts > MAX_PARTS) {
        throw new ValueTooLargeException("The value has more than " + MAX_PARTS + " parts");
      }
      return switch (value) {
        case null -> NullNode.instance;
        case JsonNode node -> node;
        case String text -> NODES.textNode(text);
        case Boolean yesOrNo -> NODES.booleanNode(yesOrNo);
        case Integer number -> NODES.numberNode(number);
        case Long number -> NODES.numberNode(number);
        case Double number -> NODES.numberNode(number);
        case Number number -> MAPPER.valueToTree(number);
        case Map<?, ?> map -> {
          ObjectNode object = NODES.objectNode();
          for (Map.Entry<?, ?> member : map.entrySet()) {
            object.set(String.valueOf(member.getKey()), json(member.getValue(), depth - 1));
          }
          yield object;
        }
        case Collection<?> list -> {
          var array = NODES.arrayNode(list.size());
          for (Object element : list) {
            array.add(json(element, depth - 1));
          }
          yield array;
        }
        case Map.Entry<?, ?> entry -> {
          ObjectNode object = NODES.objectNode();
          object.set(String.valueOf(entry.getKey()), json(entry.getValue(), depth - 1));
          yield object;
        }
        case Object[] elements -> json(Arrays.asList(elements), depth);
        case byte[] bytes -> NODES.binaryNode(bytes);
        default -> NODES.textNode(value.toString());
      };
    }
  }

  /**
   * A value of a template as JSON text.
   *
   * @throws ValueTooLargeException for a value that is nested too deeply
   */
  public static String text(@Nullable Object value) {
    var text = new StringWriter();
    try (JsonGenerator generator = MAPPER.createGenerator(text)) {
      write(generator, value, MAX_DEPTH);
    } catch (IOException failed) {
      throw new IllegalArgumentException(failed.getMessage(), failed);
    }
    return text.toString();
  }

  /** Writes the commonest kinds without building nodes. */
  private static void write(JsonGenerator to, @Nullable Object value, int depth)
      throws IOException {
    if (depth == 0) {
      throw new ValueTooLargeException(TOO_DEEP);
    }
    switch (value) {
      case null -> to.writeNull();
      case String text -> to.writeString(text);
      case Integer number -> to.writeNumber(number);
      case Boolean yesOrNo -> to.writeBoolean(yesOrNo);
      case Map<?, ?> map -> {
        to.writeStartObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          to.writeFieldName(String.valueOf(member.getKey()));
          write(to, member.getValue(), depth - 1);
        }
        to.writeEndObject();
      }
      case Collection<?> list -> {
        to.writeStartArray();
        for (Object element : list) {
          write(to, element, depth - 1);
        }
        to.writeEndArray();
      }
      default -> to.writeTree(new Conversion().json(value, depth));
    }
  }
}
