// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.Locale;

/**
 * The {@code Action} or {@code NotAction} of a statement. Immutable.
 *
 * @param patterns in lower case
 */
record ActionPattern(boolean negated, List<WildcardText> patterns) {
  static ActionPattern of(boolean negated, List<String> texts) {
    return new ActionPattern(
        negated, texts.stream().map(t -> WildcardText.of(t.toLowerCase(Locale.ROOT))).toList());
  }

  /** Whether the action, in lower case, is meant. */
  boolean matches(String action) {
    for (WildcardText pattern : patterns) {
      if (pattern.matches(action)) {
        return !negated;
      }
    }
    return negated;
  }
}
