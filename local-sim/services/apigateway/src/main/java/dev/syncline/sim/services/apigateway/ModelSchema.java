// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.BoundedPattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A model's schema, JSON Schema draft 4, with the models that it refers to. A keyword that is not
 * supported is refused when the model is made, by name. Immutable.
 *
 * @param root the schema itself
 * @param models the schemas of other models, by the reference that leads to them
 */
record ModelSchema(JsonNode root, Map<String, JsonNode> models) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OTHER_MODEL =
      Pattern.compile("https://apigateway\\.amazonaws\\.com/restapis/[^/]+/models/([^/#]+)");
  private static final int MAX_REFERENCES = 100;

  private static final Set<String> SILENT =
      Set.of("$schema", "id", "title", "description", "default", "example", "format");
  private static final Set<String> CHECKED =
      Set.of(
          "$ref",
          "definitions",
          "type",
          "properties",
          "patternProperties",
          "required",
          "additionalProperties",
          "dependencies",
          "minProperties",
          "maxProperties",
          "items",
          "additionalItems",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "enum",
          "allOf",
          "anyOf",
          "oneOf",
          "not");

  /** Parses and checks a model's schema as it is given. */
  static JsonNode parse(String schema) {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(schema.isBlank() ? "{}" : schema);
    } catch (JsonProcessingException notJson) {
      throw GatewayErrors.invalidSchema("It is not JSON.");
    }
    requireSupported(parsed);
    return parsed;
  }

  /**
   * A schema with everything it refers to.
   *
   * @param finds another model's schema by the model's name, null if that does not exist
   */
  static ModelSchema of(JsonNode root, Function<String, @Nullable JsonNode> find) {
    var models = new HashMap<String, JsonNode>();
    collect(root, find, models);
    return new ModelSchema(root, models);
  }

  /** The schema itself, or the schema that its {@code $ref} names. */
  JsonNode resolve(JsonNode schema) {
    JsonNode current = schema;
    for (int i = 0; i < MAX_REFERENCES && current.has("$ref"); i++) {
      String[] reference = current.get("$ref").asText().split("#", 2);
      JsonNode base = reference[0].isEmpty() ? root : models.getOrDefault(reference[0], root);
      current = reference.length == 1 ? base : base.at(reference[1]);
    }
    return current;
  }

  private static void collect(
      JsonNode node, Function<String, @Nullable JsonNode> find, Map<String, JsonNode> models) {
    JsonNode reference = node.get("$ref");
    if (node.isObject() && reference != null && reference.isTextual()) {
      Matcher matcher = OTHER_MODEL.matcher(reference.asText());
      if (matcher.matches() && !models.containsKey(reference.asText())) {
        JsonNode other = find.apply(matcher.group(1));
        if (other == null) {
          throw GatewayErrors.invalidSchema("There is no model " + matcher.group(1) + ".");
        }
        JsonNode own = other.deepCopy();
        localTo(own, reference.asText());
        models.put(reference.asText(), own);
        collect(own, find, models);
      }
    }
    node.forEach(child -> collect(child, find, models));
  }

  /** MappingReferences inside a model still refer to that model when another model includes it. */
  private static void localTo(JsonNode node, String model) {
    if (node instanceof ObjectNode object
        && object.path("$ref").isTextual()
        && object.get("$ref").asText().startsWith("#")) {
      object.put("$ref", model + object.get("$ref").asText());
    }
    node.forEach(child -> localTo(child, model));
  }

  private static void requireSupported(JsonNode schema) {
    if (!schema.isObject()) {
      throw GatewayErrors.invalidSchema("It is not an object.");
    }
    for (var keyword : schema.properties()) {
      String name = keyword.getKey();
      if (!SILENT.contains(name) && !CHECKED.contains(name)) {
        throw GatewayErrors.invalidSchema(
            "The simulator does not support the keyword '" + name + "'.");
      }
    }
    for (String bound : List.of("minimum", "maximum", "multipleOf")) {
      if (schema.has(bound)
          && !(schema.get(bound).isNumber() && Double.isFinite(schema.get(bound).doubleValue()))) {
        throw GatewayErrors.invalidSchema("'" + bound + "' is not a number.");
      }
    }
    if (schema.has("multipleOf") && schema.get("multipleOf").asDouble() <= 0) {
      throw GatewayErrors.invalidSchema("'multipleOf' is not greater than 0.");
    }
    if (schema.has("$ref")) {
      requireReference(schema.get("$ref").asText());
    }
    for (String map : List.of("properties", "patternProperties", "definitions")) {
      schema.path(map).forEach(ModelSchema::requireSupported);
    }
    for (String list : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(list).forEach(ModelSchema::requireSupported);
    }
    for (String one : List.of("items", "additionalItems", "additionalProperties", "not")) {
      if (schema.path(one).isObject()) {
        requireSupported(schema.get(one));
      }
    }
    if (schema.path("items").isArray()) {
      schema.get("items").forEach(ModelSchema::requireSupported);
    }
    for (JsonNode dependency : schema.path("dependencies")) {
      if (dependency.isObject()) {
        requireSupported(dependency);
      }
    }
    if (schema.has("pattern")) {
      requirePattern(schema.get("pattern").asText());
    }
    for (var pattern : schema.path("patternProperties").properties()) {
      requirePattern(pattern.getKey());
    }
  }

  private static void requireReference(String reference) {
    if (!reference.startsWith("#/") && !OTHER_MODEL.matcher(reference).matches()) {
      throw GatewayErrors.invalidSchema(
          "A $ref leads into the schema itself (#/definitions/…) or to a model"
              + " (https://apigateway.amazonaws.com/restapis/{id}/models/{name}), not to '"
              + reference
              + "'.");
    }
  }

  private static void requirePattern(String pattern) {
    try {
      BoundedPattern.of(pattern);
    } catch (PatternSyntaxException malformed) {
      throw GatewayErrors.invalidSchema(
          "Not a pattern: " + pattern + " (" + malformed.getDescription() + ")");
    }
  }
}
