// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A payload template of a JSONPath state: keys that end in <code>.$</code> hold queries. */
public final class PathTemplate implements PayloadTemplate {
  private final TemplateNode root;

  private PathTemplate(TemplateNode root) {
    this.root = root;
  }

  /** Compiles {@code json}; problems go to {@code problems} with their place below it. */
  public static PathTemplate compile(JsonNode json, Problems problems) {
    return new PathTemplate(node(json, "", problems));
  }

  /** Receives what is wrong with a template. */
  @FunctionalInterface
  public interface Problems {
    /** {@code place} is a JSON pointer below the template, empty for the template itself. */
    void report(String place, QuerySyntaxException problem);

    /** The same, with words only. */
    default void report(String place, String message) {
      report(place, new QuerySyntaxException(message));
    }
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    return root.evaluate(scope);
  }

  private record Dynamic(String field, Query query) implements TemplateNode {
    @Override
    public JsonNode evaluate(Scope scope) {
      try {
        return query.read(scope);
      } catch (PathFailure e) {
        throw notFound(query.text(), field, scope);
      }
    }
  }

  /** AWS's sentence for a path that finds nothing. */
  public static StateFailure notFound(String path, String field, Scope scope) {
    return StateFailure.runtime(
        "The JSONPath '"
            + path
            + "' specified for the field '"
            + field
            + "' could not be found in the input '"
            + scope.input().text()
            + "'");
  }

  private static TemplateNode node(JsonNode json, String place, Problems problems) {
    if (json.isObject()) {
      return fields(json, place, problems);
    }
    if (json.isArray()) {
      List<TemplateNode> elements = new ArrayList<>(json.size());
      for (int i = 0; i < json.size(); i++) {
        elements.add(node(json.get(i), place + "[" + i + "]", problems));
      }
      return TemplateNode.Elements.of(json, elements);
    }
    return new TemplateNode.Constant(json);
  }

  private static TemplateNode fields(JsonNode json, String place, Problems problems) {
    Map<String, TemplateNode> fields = new LinkedHashMap<>();
    boolean constant = true;
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey();
      String below = place + "/" + name;
      if (!name.endsWith(".$")) {
        TemplateNode value = node(field.getValue(), below, problems);
        constant &= value instanceof TemplateNode.Constant;
        fields.put(name, value);
        continue;
      }
      constant = false;
      String target = name.substring(0, name.length() - 2);
      if (!field.getValue().isTextual()) {
        problems.report(
            below,
            "The value for the field '"
                + name
                + "' must be a STRING that contains a JSONPath but was an "
                + kind(field.getValue()));
        continue;
      }
      if (json.has(target)) {
        problems.report(place, "Duplicate key '" + target + "' found in the payload template");
      }
      try {
        fields.put(target, new Dynamic(name, Query.parse(field.getValue().textValue())));
      } catch (QuerySyntaxException e) {
        problems.report(
            below,
            "The value for the field '"
                + name
                + "' must be a valid JSONPath or a valid intrinsic function call");
      }
    }
    return constant ? new TemplateNode.Constant(json) : new TemplateNode.Fields(fields);
  }

  private static String kind(JsonNode value) {
    return value.getNodeType().name();
  }
}
