// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import dev.syncline.sim.vtl.TemplateFault;
import java.util.LinkedHashMap;
import net.minidev.json.JSONArray;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import org.jspecify.annotations.Nullable;

/** JSON texts as values of templates, and JSONPath in them. Stateless. */
public final class JsonBody {
  /** The maximum length of a path; AWS publishes none. */
  private static final int MAX_PATH = 4096;

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JsonSmartJsonProvider())
          .mappingProvider(new JsonSmartMappingProvider())
          .build();

  private JsonBody() {}

  /** A text that is not JSON. */
  public static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Reads a text: maps, lists, texts, numbers, booleans, and null for {@code null}.
   *
   * @throws NotJsonException with the parser's words
   */
  public static @Nullable Object parse(String text) throws NotJsonException {
    try {
      JsonNode node = JACKSON.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new NotJsonException("No content to map due to end-of-input");
      }
      return value(node);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      throw new NotJsonException(
          malformed.getOriginalMessage()
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        node.properties().forEach(member -> map.put(member.getKey(), value(member.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new JSONArray();
        node.forEach(element -> list.add(value(element)));
        yield list;
      }
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      default -> null;
    };
  }

  /**
   * What a path leads to; an empty text when it leads nowhere, as on AWS.
   *
   * @throws TemplateFault for a path that is none, or one that could take too long
   */
  public static @Nullable Object read(@Nullable Object json, String path) {
    if (path.equals("$") || json == null) {
      return json == null ? "" : json;
    }
    requireBounded(path);
    try {
      return JsonPath.compile(path).read(json, CONFIGURATION);
    } catch (PathNotFoundException nowhere) {
      return "";
    } catch (InvalidPathException | IllegalArgumentException malformed) {
      throw new TemplateFault("Invalid JSONPath '" + path + "': " + malformed.getMessage());
    } catch (ClassCastException | UnsupportedOperationException scalar) {
      // The body is a text or a number, which has no members.
      return "";
    }
  }

  /** Refuses paths whose evaluation is not bounded by the size of the body. */
  private static void requireBounded(String path) {
    if (path.isEmpty() || path.length() > MAX_PATH) {
      throw new TemplateFault("A JSONPath has 1 to " + MAX_PATH + " characters");
    }
    if (path.contains("=~")) {
      throw new TemplateFault(
          "The simulator does not support regular expressions in the JSONPath '" + path + "'");
    }
    boolean searches = path.indexOf("..") != path.lastIndexOf("..");
    boolean rootInFilter = path.contains("?(") && path.indexOf('$', path.indexOf("?(")) > 0;
    if (searches || rootInFilter) {
      throw new TemplateFault(
          "The simulator does not support a second '..', or '$' in a filter, in the JSONPath '"
              + path
              + "'");
    }
  }

  /** Whether a path can lead to more than one place, so that it visits much of the body. */
  static boolean searches(String path) {
    return path.contains("..") || path.contains("*") || path.contains("?");
  }

  /** A value as JSON. */
  public static String json(@Nullable Object value) {
    return JSONValue.toJSONString(value, JSONStyle.LT_COMPRESS);
  }

  /** A value as the text of a parameter: a text itself, anything else as JSON. */
  public static String text(@Nullable Object value) {
    return value instanceof String text ? text : json(value);
  }
}
