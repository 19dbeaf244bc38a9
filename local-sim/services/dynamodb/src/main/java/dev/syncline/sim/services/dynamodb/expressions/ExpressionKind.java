// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Locale;
import java.util.Set;

/** The expression parameters of DynamoDB's operations. */
public enum ExpressionKind {
  UPDATE("UpdateExpression"),
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  PROJECTION("ProjectionExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  /** The conditions and updates of PartiQL statements; their faults name no expression. */
  PARTIQL("Statement");

  private static final Set<String> UPDATE_KEYWORDS = Set.of("SET", "REMOVE", "ADD", "DELETE");
  private static final Set<String> CONDITION_KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  /** The name of the request's parameter. */
  public String parameter() {
    return parameter;
  }

  /** Whether a bare word, in any case, is a keyword of this grammar. */
  boolean isKeyword(String word) {
    Set<String> keywords =
        switch (this) {
          case UPDATE -> UPDATE_KEYWORDS;
          case CONDITION, FILTER, KEY_CONDITION -> CONDITION_KEYWORDS;
          case PROJECTION, PARTIQL -> Set.of();
        };
    return keywords.contains(word.toUpperCase(Locale.ROOT));
  }

  /** A fault in an expression of this kind: the sentence after {@code Invalid …Expression: }. */
  ValidationFault fault(String sentence) {
    if (this == PARTIQL) {
      return ValidationFault.bare(sentence);
    }
    return ValidationFault.request("Invalid " + parameter + ": " + sentence);
  }
}
