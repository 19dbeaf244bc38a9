// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Set;

/** Reads condition and filter expressions. */
public final class Conditions {
  private Conditions() {}

  /** A condition of known parts. */
  record Parsed(Predicate predicate, Set<DocumentPath> paths) implements Condition {
    @Override
    public boolean test(Item itemOrEmpty) {
      return predicate.test(itemOrEmpty);
    }
  }

  /**
   * Reads an expression.
   *
   * @throws ValidationFault in AWS's words, in AWS's order
   */
  public static Condition parse(ExpressionKind kind, String text, ExpressionScope scope) {
    return build(kind, text, scope);
  }

  /**
   * Checks and resolves a condition that another language wrote.
   *
   * @throws ValidationFault in AWS's words, in AWS's order
   */
  public static Condition of(
      ExpressionKind kind, Syntax.Condition condition, ExpressionScope scope) {
    return build(kind, condition, scope);
  }

  static Parsed build(ExpressionKind kind, String text, ExpressionScope scope) {
    return build(kind, ConditionParser.parse(kind, text), scope);
  }

  private static Parsed build(ExpressionKind kind, Syntax.Condition syntax, ExpressionScope scope) {
    var builder = new ConditionBuilder(kind, scope);
    return new Parsed(builder.build(syntax), builder.paths());
  }
}
