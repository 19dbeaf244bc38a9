// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.Locale;

/**
 * One key of a condition block. Immutable.
 *
 * @param key in lower case
 * @param ifExists whether an absent key lets the condition hold
 * @param multivalued whether requests may have several values of the key
 * @param tests one for each value of the policy
 */
record PolicyCondition(
    ConditionOperator operator,
    SetOperator set,
    boolean ifExists,
    String key,
    boolean multivalued,
    List<ValueTest> tests) {
  private static final String IF_EXISTS = "ifexists";

  /** How many values of the request must satisfy the operator. */
  enum SetOperator {
    NONE(""),
    ALL("forallvalues:"),
    ANY("foranyvalue:");

    private final String prefix;

    SetOperator(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * Reads one key of a block.
   *
   * @param name the operator with its set operator and suffix
   * @throws MalformedPolicyException for an operator that does not exist
   */
  static PolicyCondition of(String name, String key, List<String> values, boolean variables) {
    String rest = name.toLowerCase(Locale.ROOT);
    SetOperator set = SetOperator.NONE;
    for (SetOperator candidate : List.of(SetOperator.ALL, SetOperator.ANY)) {
      if (rest.startsWith(candidate.prefix)) {
        set = candidate;
        rest = rest.substring(candidate.prefix.length());
      }
    }
    boolean ifExists = rest.endsWith(IF_EXISTS);
    if (ifExists) {
      rest = rest.substring(0, rest.length() - IF_EXISTS.length());
    }
    ConditionOperator operator = ConditionOperator.named(rest);
    if (operator == null || (operator == ConditionOperator.NULL && ifExists)) {
      throw new MalformedPolicyException("Invalid Condition type : " + name + ".");
    }
    return new PolicyCondition(
        operator,
        set,
        ifExists,
        key.toLowerCase(Locale.ROOT),
        AuthorizationData.multivalued(key),
        values.stream().map(value -> operator.test(value, variables)).toList());
  }

  /** Whether the condition holds for a request. A key with an empty set counts as absent. */
  boolean holds(AccessQuery query) {
    List<String> values = query.keys().get(key);
    boolean absent = values == null || values.isEmpty();
    if (operator == ConditionOperator.NULL) {
      return satisfies(String.valueOf(absent), query);
    }
    if (values == null || absent) {
      return switch (set) {
        case ALL -> true;
        case ANY -> false;
        case NONE -> ifExists || operator.negated();
      };
    }
    if (set == SetOperator.NONE) {
      return !multivalued && values.size() == 1 && satisfies(values.getFirst(), query);
    }
    for (String value : values) {
      if (satisfies(value, query) == (set == SetOperator.ANY)) {
        return set == SetOperator.ANY;
      }
    }
    return set == SetOperator.ALL;
  }

  private boolean satisfies(String value, AccessQuery query) {
    for (ValueTest test : tests) {
      if (test.test(value, query)) {
        return !operator.negated();
      }
    }
    return operator.negated();
  }
}
