// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates the intrinsic functions of a template under given parameters. A value that {@code
 * AWS::NoValue} removes is a missing node. Not thread-safe.
 */
public final class Evaluator {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Template template;
  private final Map<String, String> parameters;
  private final PseudoParameters pseudo;
  private final ResourceValues resources;
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> conditionsUnderWay = new HashSet<>();

  /**
   * An evaluator.
   *
   * @param parameters as {@link ParameterValues#resolve} gives them
   */
  public Evaluator(
      Template template,
      Map<String, String> parameters,
      PseudoParameters pseudo,
      ResourceValues resources) {
    this.template = template;
    this.parameters = parameters;
    this.pseudo = pseudo;
    this.resources = resources;
  }

  /**
   * Whether a condition holds.
   *
   * @throws TemplateException when it does not exist, depends on itself or is not a condition
   */
  public boolean condition(String name) {
    Boolean known = conditions.get(name);
    if (known != null) {
      return known;
    }
    JsonNode definition = template.conditions().get(name);
    if (definition == null) {
      throw new TemplateException("Template format error: Unresolved condition dependency " + name);
    }
    if (!conditionsUnderWay.add(name)) {
      throw new TemplateException(
          "Template format error: Circular dependency between conditions " + conditionsUnderWay);
    }
    boolean holds = truth(definition);
    conditionsUnderWay.remove(name);
    conditions.put(name, holds);
    return holds;
  }

  /**
   * A copy with every function replaced by its value.
   *
   * @throws TemplateException for an unknown function, a wrong argument or a missing value
   */
  public JsonNode evaluate(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> object(object);
      case ArrayNode array -> {
        ArrayNode result = NODES.arrayNode();
        for (JsonNode item : array) {
          JsonNode evaluated = evaluate(item);
          if (!evaluated.isMissingNode()) {
            result.add(evaluated);
          }
        }
        yield result;
      }
      case TextNode text -> refuseDynamicReference(text);
      default -> value;
    };
  }

  /** As {@link #evaluate}, for an object; its functions may not remove it. */
  public ObjectNode evaluateObject(ObjectNode value) {
    ObjectNode result = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode evaluated = evaluate(member.getValue());
      if (!evaluated.isMissingNode()) {
        result.set(member.getKey(), evaluated);
      }
    }
    return result;
  }

  /** As {@link #evaluate}, for a value that must be a text. */
  public String evaluateText(JsonNode value, String what) {
    return text(evaluate(value), what);
  }

  private JsonNode object(ObjectNode object) {
    requireFunctionAlone(object);
    if (object.size() == 1) {
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      if (only.getKey().equals("Ref")) {
        if (!only.getValue().isTextual()) {
          throw new TemplateException(
              "Template error: every Ref object must have a single String value.");
        }
        return ref(only.getValue().asText());
      }
      if (only.getKey().startsWith("Fn::")) {
        return function(only.getKey(), only.getValue());
      }
    }
    return evaluateObject(object);
  }

  /** Refuses a function that has other members beside it. */
  void requireFunctionAlone(ObjectNode object) {
    for (String name : names(object)) {
      if (name.startsWith("Fn::") && object.size() > 1) {
        throw new TemplateException(
            "Template error: " + name + " must be the only member of its object");
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode ref(String name) {
    if (name.startsWith("AWS::")) {
      return pseudo.value(name);
    }
    ParameterDefinition parameter = template.parameters().get(name);
    if (parameter == null) {
      return NODES.textNode(resources.ref(name));
    }
    String value = parameters.getOrDefault(name, "");
    if (!parameter.isList()) {
      return NODES.textNode(value);
    }
    ArrayNode items = NODES.arrayNode();
    ParameterDefinition.items(value).forEach(items::add);
    return items;
  }

  private JsonNode function(String name, JsonNode argument) {
    return switch (name) {
      case "Fn::GetAtt" -> {
        AttributeName attribute = AttributeName.of(argument);
        yield resources.attribute(attribute.logicalId(), attribute.attribute());
      }
      case "Fn::Sub" -> sub(argument);
      case "Fn::Join" -> join(argument);
      case "Fn::Select" -> select(argument);
      case "Fn::Split" -> split(argument);
      case "Fn::FindInMap" -> findInMap(argument);
      case "Fn::Base64" ->
          NODES.textNode(
              Base64.getEncoder()
                  .encodeToString(text(evaluate(argument), name).getBytes(StandardCharsets.UTF_8)));
      case "Fn::ImportValue" -> NODES.textNode(resources.imported(text(evaluate(argument), name)));
      case "Fn::If" -> {
        List<JsonNode> parts = arguments(name, argument, 3);
        if (!parts.get(0).isTextual()) {
          throw FunctionShapes.wrong(name);
        }
        yield evaluate(condition(parts.get(0).asText()) ? parts.get(1) : parts.get(2));
      }
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
          throw new TemplateException(
              "Template error: " + name + " is allowed only in the Conditions section");
      case "Fn::Transform" ->
          throw new TemplateException(
              "Template error: Fn::Transform (macros) is not supported by the simulator");
      default -> throw new TemplateException(FunctionShapes.unknown(name));
    };
  }

  private boolean truth(JsonNode value) {
    if (value.isObject() && value.size() == 1) {
      Map.Entry<String, JsonNode> only = value.properties().iterator().next();
      String name = only.getKey();
      JsonNode argument = only.getValue();
      switch (name) {
        case "Condition" -> {
          return condition(argument.asText());
        }
        case "Fn::Equals" -> {
          List<JsonNode> parts = arguments(name, argument, 2);
          return comparable(evaluate(parts.get(0))).equals(comparable(evaluate(parts.get(1))));
        }
        case "Fn::Not" -> {
          return !truth(arguments(name, argument, 1).get(0));
        }
        case "Fn::And" -> {
          return operands(name, argument).stream().allMatch(this::truth);
        }
        case "Fn::Or" -> {
          return operands(name, argument).stream().anyMatch(this::truth);
        }
        default -> {
          // falls through to the error
        }
      }
    }
    throw new TemplateException(
        "Template format error: Every Conditions member must be one of Fn::Equals, Fn::And, Fn::Or,"
            + " Fn::Not or Condition, got "
            + value);
  }

  /** Scalars compare as text, because a parameter's value always is. */
  private static JsonNode comparable(JsonNode value) {
    return value.isValueNode() ? NODES.textNode(value.asText()) : value;
  }

  private static List<JsonNode> operands(String name, JsonNode argument) {
    if (!argument.isArray() || argument.size() < 2 || argument.size() > 10) {
      throw FunctionShapes.wrong(name);
    }
    var operands = new ArrayList<JsonNode>();
    argument.forEach(operands::add);
    return operands;
  }

  private JsonNode sub(JsonNode argument) {
    var own = new HashMap<String, String>();
    JsonNode text = argument;
    if (argument.isArray()) {
      List<JsonNode> parts = arguments("Fn::Sub", argument, 2);
      text = parts.get(0);
      parts
          .get(1)
          .properties()
          .forEach(
              entry ->
                  own.put(
                      entry.getKey(),
                      text(evaluate(entry.getValue()), "Fn::Sub variable " + entry.getKey())));
    }
    if (!text.isTextual()) {
      throw FunctionShapes.wrong("Fn::Sub");
    }
    return NODES.textNode(
        Substitution.apply(
            text.asText(),
            name -> {
              String value = own.get(name);
              return value == null ? text(variable(name), "Fn::Sub variable " + name) : value;
            }));
  }

  private JsonNode variable(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? ref(name)
        : resources.attribute(name.substring(0, dot), name.substring(dot + 1));
  }

  private JsonNode join(JsonNode argument) {
    List<JsonNode> parts = arguments("Fn::Join", argument, 2);
    String delimiter = text(parts.get(0), "Fn::Join");
    var items = new ArrayList<String>();
    for (JsonNode item : list(parts.get(1), "Fn::Join")) {
      items.add(text(item, "Fn::Join"));
    }
    return NODES.textNode(String.join(delimiter, items));
  }

  private JsonNode split(JsonNode argument) {
    List<JsonNode> parts = arguments("Fn::Split", argument, 2);
    String delimiter = text(parts.get(0), "Fn::Split");
    String source = text(evaluate(parts.get(1)), "Fn::Split");
    if (delimiter.isEmpty()) {
      throw FunctionShapes.wrong("Fn::Split");
    }
    ArrayNode items = NODES.arrayNode();
    int position = 0;
    int next = source.indexOf(delimiter);
    while (next >= 0) {
      items.add(source.substring(position, next));
      position = next + delimiter.length();
      next = source.indexOf(delimiter, position);
    }
    return items.add(source.substring(position));
  }

  private JsonNode select(JsonNode argument) {
    List<JsonNode> parts = arguments("Fn::Select", argument, 2);
    String index = text(evaluate(parts.get(0)), "Fn::Select");
    JsonNode items = list(parts.get(1), "Fn::Select");
    JsonNode item =
        index.matches("\\d{1,6}") ? items.path(Integer.parseInt(index)) : NODES.missingNode();
    if (item.isMissingNode()) {
      throw FunctionShapes.wrong("Fn::Select");
    }
    return item;
  }

  private JsonNode findInMap(JsonNode argument) {
    List<JsonNode> parts = arguments("Fn::FindInMap", argument, 3);
    var keys = new ArrayList<String>();
    parts.forEach(part -> keys.add(text(evaluate(part), "Fn::FindInMap")));
    JsonNode value = template.mappings();
    for (String key : keys) {
      value = value.path(key);
    }
    if (value.isMissingNode()) {
      throw new TemplateException(
          "Template error: Unable to get mapping for " + String.join("::", keys));
    }
    return value;
  }

  private JsonNode list(JsonNode argument, String what) {
    JsonNode value = evaluate(argument);
    if (!value.isArray()) {
      throw FunctionShapes.wrong(what);
    }
    return value;
  }

  private static List<JsonNode> arguments(String name, JsonNode argument, int count) {
    if (!argument.isArray() || argument.size() != count) {
      throw FunctionShapes.wrong(name);
    }
    var parts = new ArrayList<JsonNode>();
    argument.forEach(parts::add);
    return parts;
  }

  private static String text(JsonNode value, String what) {
    if (!value.isValueNode() || value instanceof MissingNode) {
      throw FunctionShapes.wrong(what);
    }
    return value.asText();
  }

  private static JsonNode refuseDynamicReference(TextNode text) {
    if (text.asText().contains("{{resolve:")) {
      throw new TemplateException(
          "Template error: dynamic references ("
              + text.asText()
              + ") are not supported by the simulator");
    }
    return text;
  }
}
