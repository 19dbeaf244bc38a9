// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.MatchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Checks values against a model's schema, JSON Schema draft 4. The findings have the texts of API
 * Gateway's validator, because {@code $context.error.validationErrorString} shows them. The steps
 * of one check are counted and limited, so a costly pattern or a recursive schema cannot block. Not
 * thread-safe; made for one check.
 */
final class ModelValidator {
  /** A schema that refers to itself without an end is not followed further. */
  private static final int MAX_DEPTH = 100;

  /** The cost of checking one value against one schema, in steps of a pattern. */
  private static final int STEPS_OF_A_CHECK = 20;

  private final ModelSchema model;
  private final MatchBudget budget;
  private final List<String> findings = new ArrayList<>();

  private ModelValidator(ModelSchema model, MatchBudget budget) {
    this.model = model;
    this.budget = budget;
  }

  /**
   * The findings about {@code value}; empty if it matches the model.
   *
   * @param size how many bytes the value has as JSON; a larger one may take more steps
   * @throws dev.syncline.sim.kernel.PatternTooCostlyException when one of the model's patterns
   *     takes too many steps or too deep a stack on one of its texts
   * @throws MatchBudget.ExhaustedException when the check takes too many steps otherwise
   */
  static List<String> check(ModelSchema model, JsonNode value, int size) {
    var validator =
        new ModelValidator(
            model, new MatchBudget(MatchBudget.DEFAULT_STEPS + STEPS_OF_A_CHECK * (long) size));
    validator.check(model.root(), value, 0);
    return validator.findings;
  }

  private boolean valid(JsonNode schema, JsonNode value, int depth) {
    var trial = new ModelValidator(model, budget);
    trial.check(schema, value, depth);
    return trial.findings.isEmpty();
  }

  private void check(JsonNode given, JsonNode value, int depth) {
    budget.take(STEPS_OF_A_CHECK);
    if (depth > MAX_DEPTH) {
      findings.add("validation loop");
      return;
    }
    JsonNode schema = model.resolve(given);
    type(schema.path("type"), value);
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      findings.add(
          "instance value ("
              + value
              + ") not found in enum (possible values: "
              + schema.get("enum")
              + ")");
    }
    if (value.isObject()) {
      object(schema, value, depth);
    } else if (value.isArray()) {
      array(schema, value, depth);
    } else if (value.isTextual()) {
      text(schema, value.asText());
    } else if (value.isNumber()) {
      number(schema, value);
    }
    combined(schema, value, depth);
  }

  private void type(JsonNode type, JsonNode value) {
    if (type.isMissingNode()) {
      return;
    }
    var allowed = new TreeSet<String>();
    (type.isArray() ? type : JsonNodeFactory.instance.arrayNode().add(type))
        .forEach(one -> allowed.add(one.asText()));
    String found = nameOf(value);
    if (!allowed.contains(found) && !(found.equals("integer") && allowed.contains("number"))) {
      findings.add(
          "instance type ("
              + found
              + ") does not match any allowed primitive type (allowed: "
              + quoted(allowed)
              + ")");
    }
  }

  private static String nameOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "null";
    };
  }

  private void object(JsonNode schema, JsonNode value, int depth) {
    var missing = new TreeSet<String>();
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        missing.add(required.asText());
      }
    }
    if (!missing.isEmpty()) {
      findings.add("object has missing required properties (" + quoted(missing) + ")");
    }
    int size = value.size();
    int least = schema.path("minProperties").asInt(0);
    int most = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
    if (size < least) {
      findings.add(
          "object has too few properties (found "
              + size
              + " but schema requires at least "
              + least
              + ")");
    }
    if (size > most) {
      findings.add(
          "object has too many properties (found "
              + size
              + " but schema requires at most "
              + most
              + ")");
    }
    members(schema, value, depth);
    dependencies(schema.path("dependencies"), value, depth);
  }

  private void members(JsonNode schema, JsonNode value, int depth) {
    JsonNode others = schema.path("additionalProperties");
    var unwanted = new TreeSet<String>();
    for (var member : value.properties()) {
      boolean known = false;
      JsonNode own = schema.path("properties").path(member.getKey());
      if (own.isObject()) {
        known = true;
        check(own, member.getValue(), depth + 1);
      }
      for (var pattern : schema.path("patternProperties").properties()) {
        if (BoundedPattern.of(pattern.getKey()).find(member.getKey(), budget)) {
          known = true;
          check(pattern.getValue(), member.getValue(), depth + 1);
        }
      }
      if (!known && others.isBoolean() && !others.asBoolean()) {
        unwanted.add(member.getKey());
      } else if (!known && others.isObject()) {
        check(others, member.getValue(), depth + 1);
      }
    }
    if (!unwanted.isEmpty()) {
      findings.add(
          "object instance has properties which are not allowed by the schema: "
              + quoted(unwanted));
    }
  }

  private void dependencies(JsonNode dependencies, JsonNode value, int depth) {
    for (var dependency : dependencies.properties()) {
      if (!value.has(dependency.getKey())) {
        continue;
      }
      if (dependency.getValue().isObject()) {
        check(dependency.getValue(), value, depth + 1);
        continue;
      }
      var missing = new TreeSet<String>();
      for (JsonNode needed : dependency.getValue()) {
        if (!value.has(needed.asText())) {
          missing.add(needed.asText());
        }
      }
      if (!missing.isEmpty()) {
        findings.add(
            "property \""
                + dependency.getKey()
                + "\" of object has missing property dependencies (missing: "
                + quoted(missing)
                + ")");
      }
    }
  }

  private void array(JsonNode schema, JsonNode value, int depth) {
    int size = value.size();
    int least = schema.path("minItems").asInt(0);
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (size < least) {
      findings.add(
          "array is too short: must have at least "
              + least
              + " elements but instance has "
              + size
              + " elements");
    }
    if (size > most) {
      findings.add(
          "array is too long: must have at most "
              + most
              + " elements but instance has "
              + size
              + " elements");
    }
    JsonNode items = schema.path("items");
    JsonNode further = schema.path("additionalItems");
    if (items.isArray() && further.isBoolean() && !further.asBoolean() && size > items.size()) {
      findings.add("array is not allowed to contain more than " + items.size() + " elements");
    }
    for (int i = 0; i < size; i++) {
      JsonNode own = items.isArray() ? (i < items.size() ? items.get(i) : further) : items;
      if (own.isObject()) {
        check(own, value.get(i), depth + 1);
      }
    }
    if (schema.path("uniqueItems").asBoolean() && hasDuplicates(value)) {
      findings.add("array must not contain duplicate elements");
    }
  }

  private static boolean hasDuplicates(JsonNode array) {
    var seen = new java.util.HashSet<JsonNode>();
    for (JsonNode item : array) {
      if (!seen.add(item)) {
        return true;
      }
    }
    return false;
  }

  private void text(JsonNode schema, String text) {
    int length = text.codePointCount(0, text.length());
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    String shown = JsonNodeFactory.instance.textNode(text).toString();
    if (length < least) {
      findings.add(
          "string "
              + shown
              + " is too short (length: "
              + length
              + ", required minimum: "
              + least
              + ")");
    }
    if (length > most) {
      findings.add(
          "string "
              + shown
              + " is too long (length: "
              + length
              + ", maximum allowed: "
              + most
              + ")");
    }
    if (schema.has("pattern")
        && !BoundedPattern.of(schema.get("pattern").asText()).find(text, budget)) {
      findings.add(
          "ECMA 262 regex " + schema.get("pattern") + " does not match input string " + shown);
    }
  }

  private void number(JsonNode schema, JsonNode value) {
    if (!Double.isFinite(value.doubleValue())) {
      findings.add("numeric instance is beyond the range of a double (" + value + ")");
      return;
    }
    if (schema.has("minimum")) {
      JsonNode least = schema.get("minimum");
      int compared = value.decimalValue().compareTo(least.decimalValue());
      if (compared < 0) {
        findings.add(
            "numeric instance is lower than the required minimum (minimum: "
                + least
                + ", found: "
                + value
                + ")");
      } else if (compared == 0 && schema.path("exclusiveMinimum").asBoolean()) {
        findings.add("numeric instance is not strictly greater than the required minimum " + least);
      }
    }
    if (schema.has("maximum")) {
      JsonNode most = schema.get("maximum");
      int compared = value.decimalValue().compareTo(most.decimalValue());
      if (compared > 0) {
        findings.add(
            "numeric instance is greater than the required maximum (maximum: "
                + most
                + ", found: "
                + value
                + ")");
      } else if (compared == 0 && schema.path("exclusiveMaximum").asBoolean()) {
        findings.add("numeric instance is not strictly lower than the required maximum " + most);
      }
    }
    if (schema.has("multipleOf")
        && value.decimalValue().remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
      findings.add(
          "remainder of division is not zero (" + value + " / " + schema.get("multipleOf") + ")");
    }
  }

  private void combined(JsonNode schema, JsonNode value, int depth) {
    int all = schema.path("allOf").size();
    int matching = count(schema.path("allOf"), value, depth);
    if (matching < all) {
      findings.add(
          "instance failed to match all required schemas (matched only "
              + matching
              + " out of "
              + all
              + ")");
    }
    if (schema.has("anyOf") && count(schema.get("anyOf"), value, depth) == 0) {
      findings.add(
          "instance failed to match at least one required schema among "
              + schema.get("anyOf").size());
    }
    if (schema.has("oneOf")) {
      int one = count(schema.get("oneOf"), value, depth);
      if (one != 1) {
        findings.add(
            "instance failed to match exactly one schema (matched "
                + one
                + " out of "
                + schema.get("oneOf").size()
                + ")");
      }
    }
    if (schema.has("not") && valid(schema.get("not"), value, depth + 1)) {
      findings.add("instance matched a schema which it should not have");
    }
  }

  private int count(JsonNode schemas, JsonNode value, int depth) {
    int matching = 0;
    for (JsonNode schema : schemas) {
      if (valid(schema, value, depth + 1)) {
        matching++;
      }
    }
    return matching;
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode quoted(Iterable<String> names) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    names.forEach(list::add);
    return list;
  }
}
