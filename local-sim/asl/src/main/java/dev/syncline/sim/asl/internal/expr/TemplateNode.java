// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value of a compiled template. Immutable and thread-safe. */
@FunctionalInterface
interface TemplateNode {
  /** The value in this scope. */
  JsonNode evaluate(Scope scope);

  /** A value without queries. */
  record Constant(JsonNode value) implements TemplateNode {
    @Override
    public JsonNode evaluate(Scope scope) {
      return value;
    }
  }

  /** An object with at least one query. */
  record Fields(Map<String, TemplateNode> fields) implements TemplateNode {
    @Override
    public JsonNode evaluate(Scope scope) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, node) -> object.set(name, node.evaluate(scope)));
      return object;
    }
  }

  /** An array with at least one query. */
  record Elements(List<TemplateNode> elements) implements TemplateNode {
    @Override
    public JsonNode evaluate(Scope scope) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
      elements.forEach(node -> array.add(node.evaluate(scope)));
      return array;
    }

    /** The array, which is a constant if every element is one. */
    static TemplateNode of(JsonNode json, List<TemplateNode> elements) {
      return elements.stream().allMatch(Constant.class::isInstance)
          ? new Constant(json)
          : new Elements(List.copyOf(elements));
    }
  }
}
