// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that are similar to a mistyped one. */
final class SimilarNames {
  private static final int MAX_SHOWN = 3;

  private SimilarNames() {}

  /**
   * A sentence to append to an error: the most similar names, or all names if they are few and none
   * is similar. Empty when there are no names.
   */
  static String hint(String wanted, Collection<String> names) {
    List<String> near =
        names.stream()
            .filter(name -> isNear(wanted, name))
            .sorted(Comparator.comparingInt(name -> distance(lower(wanted), lower(name))))
            .limit(MAX_SHOWN)
            .toList();
    if (!near.isEmpty()) {
      return "; did you mean " + String.join(" or ", near) + "?";
    }
    if (names.isEmpty() || names.size() > 2 * MAX_SHOWN) {
      return "";
    }
    return "; there is " + String.join(", ", names);
  }

  private static boolean isNear(String wanted, String name) {
    String left = lower(wanted);
    String right = lower(name);
    if (left.isEmpty()) {
      return false;
    }
    return right.contains(left)
        || left.contains(right)
        || distance(left, right) <= (left.length() < 4 ? 1 : Math.max(2, left.length() / 4));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The Levenshtein distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
