// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/** Patterns of policies, in which {@code *} matches any characters and {@code ?} one. */
public final class Wildcards {
  private Wildcards() {}

  /**
   * Whether the whole text matches. At a mismatch only the last star is extended, so many stars
   * cost no more time than few.
   */
  public static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
