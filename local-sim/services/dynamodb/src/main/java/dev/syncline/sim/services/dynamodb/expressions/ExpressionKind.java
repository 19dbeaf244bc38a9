// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Locale;
import java.util.Set;

/** The expression parameters of DynamoDB's operations. */
public enum ExpressionKind {
  UPDATE("UpdateExpression", Set.of("SET", "REMOVE", "ADD", "DELETE")),
  CONDITION("ConditionExpression", Keywords.CONDITION),
  FILTER("FilterExpression", Keywords.CONDITION),
  PROJECTION("ProjectionExpression", Set.of()),
  KEY_CONDITION("KeyConditionExpression", Keywords.CONDITION),
  /** The conditions and updates of PartiQL statements; their faults name no expression. */
  PARTIQL("Statement", Set.of());

  private static final class Keywords {
    static final Set<String> CONDITION = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");
  }

  private final String parameter;
  private final Set<String> keywords;

  ExpressionKind(String parameter, Set<String> keywords) {
    this.parameter = parameter;
    this.keywords = keywords;
  }

  /** The name of the request's parameter. */
  public String parameter() {
    return parameter;
  }

  /** Whether a bare word, in any case, is a keyword of this grammar. */
  boolean isKeyword(String word) {
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
