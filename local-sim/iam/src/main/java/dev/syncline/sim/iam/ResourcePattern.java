// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;

/** The {@code Resource} or {@code NotResource} of a statement. Immutable. */
record ResourcePattern(boolean negated, List<TextPattern> patterns) {
  /** For a statement that belongs to one resource, such as a trust policy's. */
  static final ResourcePattern EVERY = new ResourcePattern(true, List.of());

  static ResourcePattern of(boolean negated, List<String> texts, boolean variables) {
    return new ResourcePattern(
        negated, texts.stream().map(text -> TextPattern.of(text, variables)).toList());
  }

  boolean matches(String resource, AccessQuery query) {
    for (TextPattern pattern : patterns) {
      if (pattern.matches(resource, query)) {
        return !negated;
      }
    }
    return negated;
  }
}
