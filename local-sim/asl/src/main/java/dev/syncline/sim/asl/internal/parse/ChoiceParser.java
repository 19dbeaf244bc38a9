// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.expr.ChoiceOperator;
import dev.syncline.sim.asl.internal.expr.ChoiceOperator.Operand;
import dev.syncline.sim.asl.internal.expr.ChoiceRule;
import dev.syncline.sim.asl.internal.expr.JsonataExpression;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.model.ChoiceOption;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Choices. */
record ChoiceParser(Fields fields) {
  private static final Set<String> JSONATA_FIELDS =
      Set.of("Comment", "Condition", "Next", "Output", "Assign");
  private static final Set<String> NOT_OPERATORS = Set.of("Comment", "Variable", "Next", "Assign");

  State parse(State.Head head) {
    fields.require("Choices");
    List<JsonNode> elements = fields.array("Choices");
    if (fields.has("Choices") && elements.isEmpty()) {
      fields.schema("Choices", "Value cannot be empty");
    }
    List<ChoiceOption> options = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = "Choices[" + i + "]";
      Fields element = fields.child(elements.get(i), fields.at(place));
      ChoiceOption option = element == null ? null : option(element, place, elements.get(i));
      if (option != null) {
        options.add(option);
      }
    }
    return new State.Choice(head, List.copyOf(options), fields.text("Default"));
  }

  private static @Nullable ChoiceOption option(Fields element, String place, JsonNode json) {
    element.require("Next");
    String next = element.text("Next");
    if (element.has("Assign")) {
      AssignCheck.check(element, "Assign");
    }
    ChoiceRule rule;
    if (element.jsonata()) {
      for (var field : json.properties()) {
        String name = field.getKey();
        if (!JSONATA_FIELDS.contains(name)) {
          element.refuse(name, name.equals("Variable") || isOperator(name));
        }
      }
      rule = condition(element, place);
    } else {
      rule = rule(element, json, true);
    }
    return next == null || rule == null
        ? null
        : new ChoiceOption(
            rule,
            next,
            element.jsonata() ? element.template("Output") : null,
            element.template("Assign"));
  }

  private static @Nullable ChoiceRule condition(Fields element, String place) {
    if (!element.require("Condition")) {
      return null;
    }
    JsonNode condition = element.get("Condition");
    if (condition.isBoolean()) {
      return new ChoiceRule.Constant(condition.booleanValue());
    }
    if (!JsonataExpression.isExpression(condition)) {
      element.schema("Condition", "Expected value of type Boolean or a JSONata expression");
      return null;
    }
    JsonataExpression expression = element.expression("Condition", condition.textValue());
    return expression == null ? null : new ChoiceRule.Condition(place + "/Condition", expression);
  }

  private static @Nullable ChoiceRule rule(Fields element, JsonNode json, boolean outermost) {
    String operator = null;
    for (var field : json.properties()) {
      String name = field.getKey();
      if (NOT_OPERATORS.contains(name)
          && (outermost || !(name.equals("Next") || name.equals("Assign")))) {
        continue;
      }
      if (!isOperator(name)) {
        element.refuse(name, outermost && JSONATA_FIELDS.contains(name));
      } else if (operator != null) {
        element.schema(
            "", "Only one operator is allowed, but found '" + operator + "' and '" + name + "'");
      } else {
        operator = name;
      }
    }
    if (operator == null) {
      if (!element.has("Condition")) {
        element.schema("", "A choice rule needs an operator");
      }
      return null;
    }
    return switch (operator) {
      case "And" -> combine(element, operator, ChoiceRule.And::new);
      case "Or" -> combine(element, operator, ChoiceRule.Or::new);
      case "Not" -> not(element);
      default -> comparison(element, operator);
    };
  }

  private static boolean isOperator(String name) {
    if (Set.of("And", "Or", "Not", "IsPresent").contains(name)) {
      return true;
    }
    if (ChoiceOperator.byName(name) != null) {
      return true;
    }
    ChoiceOperator base =
        name.endsWith("Path") ? ChoiceOperator.byName(name.substring(0, name.length() - 4)) : null;
    return base != null && base.hasPathForm();
  }

  private interface Combination {
    ChoiceRule of(List<ChoiceRule> rules);
  }

  private static ChoiceRule combine(Fields element, String operator, Combination combination) {
    List<JsonNode> elements = element.array(operator);
    if (elements.isEmpty()) {
      element.schema(operator, "Value cannot be empty");
    }
    List<ChoiceRule> rules = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Fields inner = element.child(elements.get(i), element.at(operator + "[" + i + "]"));
      ChoiceRule rule = inner == null ? null : rule(inner, elements.get(i), false);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return combination.of(List.copyOf(rules));
  }

  private static @Nullable ChoiceRule not(Fields element) {
    Fields inner = element.object("Not");
    ChoiceRule rule = inner == null ? null : rule(inner, element.get("Not"), false);
    return rule == null ? null : new ChoiceRule.Not(rule);
  }

  private static @Nullable ChoiceRule comparison(Fields element, String name) {
    if (!element.require("Variable")) {
      return null;
    }
    String text = element.text("Variable");
    Query variable = text == null ? null : element.query("Variable", text, false);
    if (variable == null) {
      return null;
    }
    JsonNode operand = element.get(name);
    if (name.equals("IsPresent")) {
      if (!operand.isBoolean()) {
        element.schema(name, "Expected value of type Boolean");
      }
      return new ChoiceRule.Presence(variable, operand.booleanValue());
    }
    ChoiceOperator operator = ChoiceOperator.byName(name);
    if (operator != null) {
      checkOperand(element, name, operator.operand(), operand);
      return new ChoiceRule.Comparison(variable, operator, operand, null);
    }
    operator = ChoiceOperator.byName(name.substring(0, name.length() - 4));
    String path = element.text(name);
    Query right = path == null ? null : element.query(name, path, false);
    return operator == null || right == null
        ? null
        : new ChoiceRule.Comparison(variable, operator, null, right);
  }

  private static void checkOperand(Fields element, String name, Operand kind, JsonNode operand) {
    String expected =
        switch (kind) {
          case STRING -> operand.isTextual() ? null : "Expected value of type String";
          case NUMBER -> operand.isNumber() ? null : "Expected value of type Number";
          case BOOLEAN, TYPE_TEST -> operand.isBoolean() ? null : "Expected value of type Boolean";
          case TIMESTAMP ->
              Timestamps.parse(operand.textValue()) != null
                  ? null
                  : "Value is not a valid ISO-8601 extended offset date-time format string";
        };
    if (expected != null) {
      element.schema(name, expected);
    }
  }
}
