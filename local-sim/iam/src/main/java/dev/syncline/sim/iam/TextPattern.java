// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import org.jspecify.annotations.Nullable;

/**
 * A pattern with wildcards and variables. Immutable.
 *
 * @param text what the pattern was read from
 * @param fixed the pattern when it contains no variable
 */
record TextPattern(PolicyText text, @Nullable WildcardText fixed) {
  static TextPattern of(String text, boolean variables) {
    PolicyText read = PolicyText.of(text, variables, true);
    String constant = read.constant();
    return new TextPattern(read, constant == null ? null : new WildcardText(constant));
  }

  /** A pattern with a variable that has no value matches nothing. */
  boolean matches(String value, AccessQuery query) {
    if (fixed != null) {
      return fixed.matches(value);
    }
    String resolved = text.resolved(query);
    return resolved != null && WildcardText.matches(resolved, value);
  }
}
