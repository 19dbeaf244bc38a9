// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSONata state: strings of the form <code>{% ... %}</code> are expressions. */
public final class JsonataTemplate implements PayloadTemplate {
  private final Node root;

  private JsonataTemplate(Node root) {
    this.root = root;
  }

  /**
   * Compiles {@code json}.
   *
   * @param field the name of the state's field, the start of every location
   * @param problems receives expressions that cannot be parsed
   */
  public static JsonataTemplate compile(
      String field, JsonNode json, PathTemplate.Problems problems) {
    return new JsonataTemplate(node(json, field, "", problems));
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    return root.evaluate(scope);
  }

  private sealed interface Node {
    JsonNode evaluate(Scope scope);
  }

  private record Constant(JsonNode value) implements Node {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  private record Dynamic(String location, JsonataExpression expression) implements Node {
    @Override
    public JsonNode evaluate(Scope scope) {
      return expression.evaluate(scope, location);
    }
  }

  private record Fields(Map<String, Node> fields) implements Node {
    @Override
    public JsonNode evaluate(Scope scope) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, node) -> object.set(name, node.evaluate(scope)));
      return object;
    }
  }

  private record Elements(List<Node> elements) implements Node {
    @Override
    public JsonNode evaluate(Scope scope) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
      elements.forEach(node -> array.add(node.evaluate(scope)));
      return array;
    }
  }

  private static Node node(
      JsonNode json, String field, String place, PathTemplate.Problems problems) {
    if (JsonataExpression.isExpression(json)) {
      try {
        return new Dynamic(field + place, JsonataExpression.parse(json.textValue()));
      } catch (QuerySyntaxException e) {
        problems.report(place, e);
        return new Constant(json);
      }
    }
    if (json.isObject()) {
      Map<String, Node> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : json.properties()) {
        String below = place + "/" + entry.getKey();
        fields.put(entry.getKey(), node(entry.getValue(), field, below, problems));
      }
      return fields.values().stream().allMatch(Constant.class::isInstance)
          ? new Constant(json)
          : new Fields(fields);
    }
    if (json.isArray()) {
      List<Node> elements = new ArrayList<>(json.size());
      for (int i = 0; i < json.size(); i++) {
        elements.add(node(json.get(i), field, place + "[" + i + "]", problems));
      }
      return elements.stream().allMatch(Constant.class::isInstance)
          ? new Constant(json)
          : new Elements(List.copyOf(elements));
    }
    return new Constant(json);
  }
}
