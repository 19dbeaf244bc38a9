// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import org.jspecify.annotations.Nullable;

/** Copies values by a selection set. */
final class SelectionProjection {
  private SelectionProjection() {}

  /** A completed value by names of fields instead of response keys, with {@code __typename}. */
  static JsonNode byName(
      PlannedField field, JsonNode value, GraphQLSchema schema, Completion completion) {
    if (value.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode(value.size());
      value.forEach(item -> items.add(byName(field, item, schema, completion)));
      return items;
    }
    GraphQLNamedType named = field.shape.named();
    String name = completion.concreteTypes().getOrDefault(value, named.getName());
    if (!value.isObject() || !(schema.getType(name) instanceof GraphQLObjectType type)) {
      return value;
    }
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("__typename", name);
    for (PlannedField child : field.selection(type)) {
      JsonNode shown = value.get(child.key);
      if (shown != null && !out.has(child.name)) {
        out.set(child.name, byName(child, shown, schema, completion));
      }
    }
    return out;
  }

  /** What an error's data shows: the selected fields. */
  static @Nullable JsonNode selected(
      PlannedField field, @Nullable JsonNode value, GraphQLSchema schema) {
    if (value == null || value.isNull() || !field.shape.atNamed().isComposite()) {
      return value;
    }
    if (value.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode(value.size());
      for (JsonNode item : value) {
        JsonNode shown = selected(field, item, schema);
        items.add(shown == null ? NullNode.instance : shown);
      }
      return items;
    }
    String name = value.path("__typename").asText(field.shape.named().getName());
    if (!value.isObject() || !(schema.getType(name) instanceof GraphQLObjectType type)) {
      return null;
    }
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    for (PlannedField child : field.selection(type)) {
      JsonNode shown =
          child.isTypename()
              ? JsonNodeFactory.instance.textNode(name)
              : selected(child, value.get(child.name), schema);
      out.set(child.key, shown == null ? NullNode.instance : shown);
    }
    return out;
  }
}
