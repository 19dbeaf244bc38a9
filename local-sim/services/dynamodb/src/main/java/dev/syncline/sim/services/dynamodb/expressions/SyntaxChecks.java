// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks of a whole expression that need neither names nor values: its paths and functions, in the
 * order of the text.
 */
final class SyntaxChecks {
  /** The functions of conditions. */
  static final Set<String> CONDITION_FUNCTIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");

  /** The functions of updates. */
  static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");

  private final ExpressionKind kind;
  private final boolean update;
  private final List<Syntax.Path> paths = new ArrayList<>();
  private final List<Syntax.Call> calls = new ArrayList<>();

  /**
   * For an expression.
   *
   * @param update whether it has the functions of updates
   */
  SyntaxChecks(ExpressionKind kind, boolean update) {
    this.kind = kind;
    this.update = update;
  }

  /** Adds a part of the expression. */
  void add(Syntax syntax) {
    switch (syntax) {
      case Syntax.Path path -> paths.add(path);
      case Syntax.Value value -> {}
      case Syntax.Call call -> {
        calls.add(call);
        addAll(call.arguments());
      }
      case Syntax.Arithmetic arithmetic -> {
        add(arithmetic.left());
        add(arithmetic.right());
      }
      case Syntax.Comparison comparison -> {
        add(comparison.left());
        add(comparison.right());
      }
      case Syntax.Between between -> {
        add(between.operand());
        add(between.lower());
        add(between.upper());
      }
      case Syntax.In in -> {
        add(in.operand());
        addAll(in.candidates());
      }
      case Syntax.And and -> addAll(and.parts());
      case Syntax.Or or -> addAll(or.parts());
      case Syntax.Not not -> add(not.part());
    }
  }

  private void addAll(List<? extends Syntax> parts) {
    for (Syntax part : parts) {
      add(part);
    }
  }

  /** Refuses a path with too many steps, or with an index out of range. */
  void requirePathLimits() {
    for (Syntax.Path path : paths) {
      if (path.steps().size() > DocumentPath.MAX_LEVELS) {
        throw kind.fault(
            "The document path has too many nesting levels; nesting levels: "
                + path.steps().size());
      }
      for (Syntax.Step step : path.steps()) {
        if (step instanceof Syntax.Step.Index index) {
          index(index, kind);
        }
      }
    }
  }

  /** The index as a number. */
  static int index(Syntax.Step.Index index, ExpressionKind kind) {
    try {
      return Integer.parseInt(index.digits());
    } catch (NumberFormatException tooLarge) {
      throw kind.fault(
          "List index is not within the allowable range; index: [" + index.digits() + "]");
    }
  }

  /** Refuses a function that the expression's grammar does not have. */
  void requireKnownFunctions() {
    Set<String> known = update ? UPDATE_FUNCTIONS : CONDITION_FUNCTIONS;
    Set<String> others = update ? CONDITION_FUNCTIONS : UPDATE_FUNCTIONS;
    for (Syntax.Call call : calls) {
      if (others.contains(call.function())) {
        throw kind.fault(
            "The function is not allowed in "
                + (update ? "an update" : "a condition")
                + " expression; function: "
                + call.function());
      }
      if (!known.contains(call.function())) {
        throw kind.fault("Invalid function name; function: " + call.function());
      }
    }
  }

  /** Refuses a bare reserved word as a name. */
  void requireNoReservedWords() {
    for (Syntax.Path path : paths) {
      for (Syntax.Step step : path.steps()) {
        if (step instanceof Syntax.Step.Name name && ReservedWords.contains(name.text())) {
          throw kind.fault(
              "Attribute name is a reserved keyword; reserved keyword: " + name.text());
        }
      }
    }
  }

  /** The fault of a function that stands where it must not. */
  static ValidationFault misused(ExpressionKind kind, String function) {
    return kind.fault(
        "The function is not allowed to be used this way in an expression; function: " + function);
  }

  /** The fault of an operand of a wrong type, after {@code operator or function: } or the like. */
  static ValidationFault operandType(ExpressionKind kind, String where, String type) {
    return kind.fault(
        "Incorrect operand type for operator or function; " + where + ", operand type: " + type);
  }

  /** The fault of a wrong number of operands. */
  static ValidationFault operandCount(ExpressionKind kind, String function, int count) {
    return kind.fault(
        "Incorrect number of operands for operator or function; operator or function: "
            + function
            + ", number of operands: "
            + count);
  }

  /** The fault of an operand that is no path. */
  static ValidationFault pathRequired(ExpressionKind kind, String function) {
    return kind.fault(
        "Operator or function requires a document path; operator or function: " + function);
  }
}
