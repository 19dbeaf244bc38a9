// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import java.util.List;

/**
 * Who may see a field, as directives say. Immutable.
 *
 * @param rules any of them allows access; empty means the API's default mode only
 */
public record FieldRules(List<Rule> rules) {
  /** No directive: the API's default mode only. */
  public static final FieldRules NONE = new FieldRules(List.of());

  /** Copies the list. */
  public FieldRules {
    rules = List.copyOf(rules);
  }

  /** A mode of authorization; the names are those of {@code authenticationType}. */
  public enum Mode {
    API_KEY,
    AWS_IAM,
    AMAZON_COGNITO_USER_POOLS,
    OPENID_CONNECT,
    AWS_LAMBDA
  }

  /**
   * One directive.
   *
   * @param mode the mode that it allows
   * @param groups groups of the user pool, one of which the caller has to be in; empty for every
   *     caller of the mode
   * @param fromAwsAuth whether it is {@code @aws_auth}, which counts only while the user pool is
   *     the API's sole mode
   */
  public record Rule(Mode mode, List<String> groups, boolean fromAwsAuth) {
    /** Copies the list. */
    public Rule {
      groups = List.copyOf(groups);
    }
  }

  /** Whether no directive was given. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }
}
