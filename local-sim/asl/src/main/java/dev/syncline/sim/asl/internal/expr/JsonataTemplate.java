// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSONata state: strings of the form <code>{% ... %}</code> are expressions. */
public final class JsonataTemplate implements PayloadTemplate {
  private final TemplateNode root;

  private JsonataTemplate(TemplateNode root) {
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

  private record Dynamic(String location, JsonataExpression expression) implements TemplateNode {
    @Override
    public JsonNode evaluate(Scope scope) {
      return expression.evaluate(scope, location);
    }
  }

  private static TemplateNode node(
      JsonNode json, String field, String place, PathTemplate.Problems problems) {
    if (JsonataExpression.isExpression(json)) {
      try {
        return new Dynamic(field + place, JsonataExpression.parse(json.textValue()));
      } catch (QuerySyntaxException e) {
        problems.report(place, e);
        return new TemplateNode.Constant(json);
      }
    }
    if (json.isObject()) {
      Map<String, TemplateNode> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : json.properties()) {
        String below = place + "/" + entry.getKey();
        fields.put(entry.getKey(), node(entry.getValue(), field, below, problems));
      }
      return fields.values().stream().allMatch(TemplateNode.Constant.class::isInstance)
          ? new TemplateNode.Constant(json)
          : new TemplateNode.Fields(fields);
    }
    if (json.isArray()) {
      List<TemplateNode> elements = new ArrayList<>(json.size());
      for (int i = 0; i < json.size(); i++) {
        elements.add(node(json.get(i), field, place + "[" + i + "]", problems));
      }
      return TemplateNode.Elements.of(json, elements);
    }
    return new TemplateNode.Constant(json);
  }
}
