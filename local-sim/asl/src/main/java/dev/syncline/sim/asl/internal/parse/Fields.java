// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.JsonataExpression;
import dev.syncline.sim.asl.internal.expr.JsonataTemplate;
import dev.syncline.sim.asl.internal.expr.PathTemplate;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.expr.QuerySyntaxException;
import dev.syncline.sim.asl.internal.expr.ReferencePath;
import dev.syncline.sim.asl.internal.model.QueryLanguage;
import dev.syncline.sim.asl.internal.model.ResultTarget;
import dev.syncline.sim.asl.internal.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object of a definition, read with diagnostics. */
record Fields(JsonNode node, String pointer, QueryLanguage language, Problems problems) {
  boolean jsonata() {
    return language == QueryLanguage.JSONATA;
  }

  boolean has(String name) {
    return node.has(name);
  }

  JsonNode get(String name) {
    JsonNode value = node.get(name);
    return value == null ? MissingNode.getInstance() : value;
  }

  String at(String name) {
    return pointer + "/" + name;
  }

  void schema(String name, String message) {
    problems.schema(name.isEmpty() ? pointer : at(name), message);
  }

  /** Reports what is not in {@code allowed}. */
  void allow(Set<String> allowed) {
    allow(allowed, Set.of());
  }

  /** The same; a field in {@code other} is one of the other query language. */
  void allow(Set<String> allowed, Set<String> other) {
    for (var field : node.properties()) {
      if (!allowed.contains(field.getKey())) {
        refuse(field.getKey(), other.contains(field.getKey()));
      }
    }
  }

  /** Reports a field that is not supported, or only in the other query language. */
  void refuse(String name, boolean other) {
    String mine = language.asl();
    String theirs = (jsonata() ? QueryLanguage.JSON_PATH : QueryLanguage.JSONATA).asl();
    schema(
        "",
        other
            ? "The QueryLanguage is set to '"
                + mine
                + "', but field '"
                + name
                + "' is only supported for the '"
                + theirs
                + "' QueryLanguage"
            : "Field '" + name + "' is not supported");
  }

  /** Reports a literal that is no number within bounds. */
  void bound(String name, @Nullable FieldValue value, boolean integer, long least, long most) {
    if (!(value instanceof FieldValue.Literal literal)) {
      return;
    }
    JsonNode number = literal.value();
    if (integer ? !number.isIntegralNumber() : !number.isNumber()) {
      schema(name, "Expected value of type " + (integer ? "Integer" : "Number"));
    } else {
      bound(name, number.doubleValue(), least, most);
    }
  }

  private void bound(String name, double number, double least, double most) {
    if (number < least) {
      schema(name, "Minimum value is " + whole(least));
    } else if (number > most) {
      schema(name, "Maximum value is " + whole(most));
    }
  }

  /** Reports what is missing, in one diagnostic as AWS does. */
  boolean require(String... names) {
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!has(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      problems.missing(pointer, missing);
    }
    return missing.isEmpty();
  }

  @Nullable String text(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      schema(name, "Expected value of type String");
      return null;
    }
    return value.textValue();
  }

  boolean flag(String name) {
    JsonNode value = get(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      schema(name, "Expected value of type Boolean");
    }
    return value.asBoolean(false);
  }

  double number(String name, double fallback, double least, double most) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isNumber()) {
      schema(name, "Expected value of type Number");
      return fallback;
    }
    double number = value.doubleValue();
    bound(name, number, least, most);
    return number;
  }

  private static String whole(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  List<JsonNode> array(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      schema(name, "Expected value of type Array");
      return List.of();
    }
    List<JsonNode> elements = new ArrayList<>(value.size());
    value.forEach(elements::add);
    return elements;
  }

  /** The object in field {@code name}; null, and a diagnostic, if it is something else. */
  @Nullable Fields object(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    return child(value, at(name));
  }

  /** Another object below this one. */
  @Nullable Fields child(JsonNode value, String childPointer) {
    if (!value.isObject()) {
      problems.schema(childPointer, "Expected value of type Object");
      return null;
    }
    return new Fields(value, childPointer, language, problems);
  }

  /** InputPath and OutputPath. */
  Selector selector(String name) {
    JsonNode value = get(name);
    if (value.isNull()) {
      return Selector.NOTHING;
    }
    String text = text(name);
    if (text == null || text.equals("$")) {
      return Selector.ALL;
    }
    Query query = query(name, text, false);
    return query == null ? Selector.ALL : new Selector(query, false);
  }

  /** ResultPath. */
  ResultTarget resultPath(String name) {
    if (get(name).isNull()) {
      return ResultTarget.DISCARD;
    }
    String text = text(name);
    if (text == null || text.equals("$")) {
      return ResultTarget.REPLACE;
    }
    try {
      return new ResultTarget(ReferencePath.parse(text), false);
    } catch (QuerySyntaxException e) {
      schema(name, e.reason());
      return ResultTarget.REPLACE;
    }
  }

  /** A template in the state's language. */
  @Nullable PayloadTemplate template(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (jsonata()) {
      return JsonataTemplate.compile(
          name, value, (place, problem) -> expressionProblem(at(name) + place, problem));
    }
    return PathTemplate.compile(
        value, (place, problem) -> problems.schema(at(name) + place, problem.reason()));
  }

  /** A literal, or an expression in JSONata. */
  @Nullable FieldValue value(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!jsonata() || !JsonataExpression.isExpression(value)) {
      return new FieldValue.Literal(name, value);
    }
    JsonataExpression expression = expression(name, value.textValue());
    return expression == null ? null : new FieldValue.FromExpression(name, expression);
  }

  /** A literal or expression in {@code name}, or in JSONPath a path in {@code name + "Path"}. */
  @Nullable FieldValue valueOrPath(String name, boolean intrinsicsAllowed) {
    String pathField = name + "Path";
    if (jsonata() || !has(pathField)) {
      return value(name);
    }
    if (has(name)) {
      schema("", "Only one of '" + name + "' and '" + pathField + "' is allowed");
    }
    String text = text(pathField);
    Query query = text == null ? null : query(pathField, text, intrinsicsAllowed);
    return query == null ? null : new FieldValue.FromPath(pathField, query);
  }

  @Nullable JsonataExpression expression(String name, String delimited) {
    try {
      return JsonataExpression.parse(delimited);
    } catch (QuerySyntaxException e) {
      expressionProblem(at(name), e);
      return null;
    }
  }

  private void expressionProblem(String place, QuerySyntaxException problem) {
    problems.add(
        problem.isUnsupported()
            ? Diagnostic.UNSUPPORTED_JSONATA_EXPRESSION
            : Diagnostic.INVALID_JSONATA_EXPRESSION,
        problem.reason(),
        place);
  }

  @Nullable Query query(String name, String text, boolean intrinsicsAllowed) {
    try {
      return intrinsicsAllowed ? Query.parse(text) : Query.path(text);
    } catch (QuerySyntaxException e) {
      schema(name, e.reason());
      return null;
    }
  }
}
