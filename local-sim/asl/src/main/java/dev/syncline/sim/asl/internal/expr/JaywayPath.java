// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jayway's JSONPath with AWS's differences. A compiled path is null for <code>$</code>. */
final class JaywayPath {
  private static final Configuration DEFINITE =
      Configuration.builder()
          .jsonProvider(new Provider())
          .mappingProvider(new JacksonMappingProvider())
          .build();
  // AWS answers [] where a wildcard, slice or filter has no parent to look into; Jayway throws.
  private static final Configuration INDEFINITE = DEFINITE.addOptions(Option.SUPPRESS_EXCEPTIONS);

  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          TextNode.class, "java.lang.String",
          IntNode.class, "java.lang.Integer",
          LongNode.class, "java.lang.Long",
          DoubleNode.class, "java.lang.Double",
          BooleanNode.class, "java.lang.Boolean",
          ArrayNode.class, "java.util.ArrayList",
          NullNode.class, "null");

  private JaywayPath() {}

  /**
   * An index out of bounds finds nothing, as with Jayway's other providers; this one gives null.
   */
  private static final class Provider extends JacksonJsonNodeJsonProvider {
    @Override
    public Object getArrayIndex(Object array, int index) {
      if (index < 0 || index >= length(array)) {
        throw new IndexOutOfBoundsException(index);
      }
      return super.getArrayIndex(array, index);
    }
  }

  static @Nullable JsonPath compile(String text) throws QuerySyntaxException {
    if (text.equals("$")) {
      return null;
    }
    try {
      return JsonPath.compile(text);
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new QuerySyntaxException("Value is not a valid JSONPath");
    }
  }

  static JsonNode read(@Nullable JsonPath path, JsonNode root) throws PathFailure {
    if (path == null) {
      return root;
    }
    try {
      Object found = path.read((Object) root, path.isDefinite() ? DEFINITE : INDEFINITE);
      if (found instanceof JsonNode json) {
        return json;
      }
      // Functions such as length() give plain Java values.
      return Json.toJson(found);
    } catch (JsonPathException e) {
      String message = e.getMessage();
      throw new PathFailure(message == null ? e.toString() : plainNames(message));
    }
  }

  /** Jayway names classes in its messages; those of plain Java values are what AWS would show. */
  private static String plainNames(String message) {
    if (!message.contains("JsonProvider")) {
      return message;
    }
    String plain = message.replace(Provider.class.getName(), JacksonJsonProvider.class.getName());
    for (Map.Entry<Class<?>, String> name : PLAIN.entrySet()) {
      plain = plain.replace(name.getKey().getName(), name.getValue());
    }
    return plain;
  }
}
