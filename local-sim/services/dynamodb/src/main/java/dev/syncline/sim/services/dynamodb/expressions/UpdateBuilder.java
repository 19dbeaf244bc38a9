// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Checks an update and looks up its placeholders. AWS's order: reserved words, functions, repeated
 * sections, placeholders, paths that meet, types of ADD and DELETE, operands of functions.
 */
record UpdateBuilder(ExpressionKind kind, UpdateSyntax syntax, Resolver resolver) {
  UpdateBuilder(ExpressionKind kind, UpdateSyntax syntax, ExpressionScope scope) {
    this(kind, syntax, new Resolver(kind, scope));
  }

  /** The actions, ready to be applied. */
  List<UpdateExpression.Action> build() {
    var checks = new SyntaxChecks(kind, true);
    for (UpdateSyntax.Action action : syntax.actions()) {
      checks.add(action.path());
      action.operand().ifPresent(checks::add);
    }
    checks.requirePathLimits();
    checks.requireNoReservedWords();
    checks.requireKnownFunctions();
    syntax.actions().forEach(action -> action.operand().ifPresent(this::requireFunctionsInPlace));
    requireSectionsOnce();
    var targets = new ArrayList<DocumentPath>();
    for (UpdateSyntax.Action action : syntax.actions()) {
      targets.add(resolver.path(action.path()));
      action.operand().ifPresent(this::lookUp);
    }
    PathSet.requireDisjoint(kind, targets);
    requireSetOperands();
    var actions = new ArrayList<UpdateExpression.Action>();
    for (int at = 0; at < targets.size(); at++) {
      actions.add(action(targets.get(at), syntax.actions().get(at)));
    }
    return List.copyOf(actions);
  }

  /** The paths of the update, also those that are only read. */
  Set<DocumentPath> paths() {
    return resolver.paths();
  }

  private void requireFunctionsInPlace(Syntax.Operand operand) {
    switch (operand) {
      case Syntax.Call call -> {
        for (Syntax.Operand argument : call.arguments()) {
          if (call.function().equals("list_append")
              && argument instanceof Syntax.Call inner
              && inner.function().equals("list_append")) {
            throw SyntaxChecks.misused(kind, inner.function());
          }
          requireFunctionsInPlace(argument);
        }
      }
      case Syntax.Arithmetic arithmetic -> {
        requireFunctionsInPlace(arithmetic.left());
        requireFunctionsInPlace(arithmetic.right());
      }
      case Syntax.Path path -> {}
      case Syntax.Value value -> {}
    }
  }

  private void requireSectionsOnce() {
    var seen = EnumSet.noneOf(UpdateSyntax.Section.class);
    for (UpdateSyntax.Section section : syntax.sections()) {
      if (!seen.add(section)) {
        throw kind.fault(
            "The \"" + section + "\" section can only be used once in an update expression;");
      }
    }
  }

  private void lookUp(Syntax.Operand operand) {
    switch (operand) {
      case Syntax.Path path -> resolver.path(path);
      case Syntax.Value value -> resolver.value(value);
      case Syntax.Call call -> {
        for (Syntax.Operand argument : call.arguments()) {
          lookUp(argument);
        }
      }
      case Syntax.Arithmetic arithmetic -> {
        lookUp(arithmetic.left());
        lookUp(arithmetic.right());
      }
    }
  }

  /** ADD takes numbers and sets, DELETE sets. */
  private void requireSetOperands() {
    for (UpdateSyntax.Action action : syntax.actions()) {
      if (action.section() == UpdateSyntax.Section.ADD
          || action.section() == UpdateSyntax.Section.DELETE) {
        AttributeType type = literal(action).type();
        boolean number = type == AttributeType.N && action.section() == UpdateSyntax.Section.ADD;
        if (!type.isSet() && !number) {
          throw SyntaxChecks.operandType(kind, "operator: " + action.section(), type.longName());
        }
      }
    }
  }

  private AttributeValue literal(UpdateSyntax.Action action) {
    return resolver.value(
        action
            .operand()
            .map(Syntax.Value.class::cast)
            .orElseThrow(() -> new IllegalStateException(action.section() + " without a value")));
  }

  private UpdateExpression.Action action(DocumentPath target, UpdateSyntax.Action action) {
    return switch (action.section()) {
      case REMOVE -> new UpdateExpression.Remove(target);
      case ADD -> new UpdateExpression.Add(target, literal(action));
      case DELETE -> new UpdateExpression.Delete(target, literal(action));
      case SET ->
          new UpdateExpression.Set(
              target,
              operand(
                  action
                      .operand()
                      .orElseThrow(() -> new IllegalStateException("SET without a value"))));
    };
  }

  private UpdateOperand operand(Syntax.Operand operand) {
    return switch (operand) {
      case Syntax.Path path -> new UpdateOperand.Attribute(resolver.path(path));
      case Syntax.Value value -> new UpdateOperand.Literal(resolver.value(value));
      case Syntax.Call call -> function(call);
      case Syntax.Arithmetic arithmetic -> {
        UpdateOperand left = operand(arithmetic.left());
        UpdateOperand right = operand(arithmetic.right());
        requireType(arithmetic.operator(), left, AttributeType.N);
        requireType(arithmetic.operator(), right, AttributeType.N);
        yield new UpdateOperand.Arithmetic(arithmetic.operator().equals("+"), left, right);
      }
    };
  }

  private UpdateOperand function(Syntax.Call call) {
    var operands = new ArrayList<UpdateOperand>();
    for (Syntax.Operand argument : call.arguments()) {
      operands.add(operand(argument));
    }
    if (operands.size() != 2) {
      throw SyntaxChecks.operandCount(kind, call.function(), operands.size());
    }
    UpdateOperand first = operands.getFirst();
    UpdateOperand second = operands.getLast();
    return switch (call.function()) {
      case "if_not_exists" -> {
        if (!(first instanceof UpdateOperand.Attribute attribute)) {
          throw SyntaxChecks.pathRequired(kind, call.function());
        }
        yield new UpdateOperand.IfNotExists(attribute.path(), second);
      }
      case "list_append" -> {
        requireType(call.function(), first, AttributeType.L);
        requireType(call.function(), second, AttributeType.L);
        yield new UpdateOperand.ListAppend(first, second);
      }
      default -> throw unknown(call.function());
    };
  }

  private ValidationFault unknown(String function) {
    return kind.fault("Invalid function name; function: " + function);
  }

  private void requireType(String operator, UpdateOperand operand, AttributeType type) {
    if (operand instanceof UpdateOperand.Literal literal && literal.literal().type() != type) {
      throw SyntaxChecks.operandType(
          kind, "operator or function: " + operator, literal.literal().type().name());
    }
  }
}
