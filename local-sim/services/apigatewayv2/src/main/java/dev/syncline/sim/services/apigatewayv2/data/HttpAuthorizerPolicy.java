// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * Evaluates the policy that an authorizer function returns. A statement that denies wins over one
 * that allows; without a statement that matches, the request is denied.
 */
final class HttpAuthorizerPolicy {
  private static final String ACTION = "execute-api:invoke";

  private HttpAuthorizerPolicy() {}

  static boolean allows(JsonNode policy, String arn) {
    boolean allowed = false;
    JsonNode statements = policy.path("Statement");
    for (JsonNode statement : statements.isObject() ? java.util.List.of(statements) : statements) {
      boolean meant =
          anyMatches(statement.path("Action"), ACTION, true)
              && anyMatches(statement.path("Resource"), arn, false);
      if (meant && statement.path("Effect").asText().equals("Deny")) {
        return false;
      }
      allowed |= meant && statement.path("Effect").asText().equals("Allow");
    }
    return allowed;
  }

  private static boolean anyMatches(JsonNode patterns, String text, boolean ignoreCase) {
    if (patterns.isTextual()) {
      String pattern = patterns.asText();
      return matches(ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern, text);
    }
    for (JsonNode pattern : patterns) {
      if (anyMatches(pattern, text, ignoreCase)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the text matches a pattern with {@code *} and {@code ?}, in linear space. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
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
