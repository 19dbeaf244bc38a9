// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition of a choice. Immutable. */
public sealed interface ChoiceRule {
  /**
   * Whether it holds.
   *
   * @throws StateFailure if a path it needs finds nothing, or an expression fails
   */
  boolean test(Scope scope);

  /** All of them. */
  record And(List<ChoiceRule> rules) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      return rules.stream().allMatch(rule -> rule.test(scope));
    }
  }

  /** Any of them. */
  record Or(List<ChoiceRule> rules) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      return rules.stream().anyMatch(rule -> rule.test(scope));
    }
  }

  /** The opposite. */
  record Not(ChoiceRule rule) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      return !rule.test(scope);
    }
  }

  /** A JSONata condition that is a constant. */
  record Constant(boolean value) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      return value;
    }
  }

  /** A JSONata condition. */
  record Condition(String field, JsonataExpression expression) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      JsonNode value = expression.evaluate(scope, field);
      if (!(value instanceof BooleanNode bool)) {
        throw expression.unexpected(field, "boolean", value);
      }
      return bool.booleanValue();
    }
  }

  /** Whether a path finds a value. */
  record Presence(Query variable, boolean expected) implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      try {
        variable.read(scope);
        return expected;
      } catch (PathFailure e) {
        return !expected;
      }
    }
  }

  /** A comparison of a variable with a literal, or with {@code path} where it is not null. */
  record Comparison(
      Query variable, ChoiceOperator operator, @Nullable JsonNode literal, @Nullable Query path)
      implements ChoiceRule {
    @Override
    public boolean test(Scope scope) {
      JsonNode left = read(variable, scope);
      JsonNode right = path != null ? read(path, scope) : literal;
      return right != null && operator.test(left, right);
    }

    private static JsonNode read(Query query, Scope scope) {
      try {
        return query.read(scope);
      } catch (PathFailure e) {
        throw StateFailure.runtime(
            "Invalid path '"
                + query.text()
                + "': The choice state's condition path references an invalid value.");
      }
    }
  }
}
