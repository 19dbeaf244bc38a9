// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;

/** Whether a function's resource policy lets a service invoke it. */
final class ResourcePolicy {
  private ResourcePolicy() {}

  /**
   * Reads the statements.
   *
   * @param caller the service's principal
   * @param sourceArn what the resource that the service calls for, for example {@code
   *     arn:aws:execute-api:region:account:api/stage/METHOD/path}
   */
  static boolean allows(
      Collection<ObjectNode> statements, String caller, String sourceArn, String account) {
    for (JsonNode statement : statements) {
      if (statement.path("Effect").asText().equals("Allow")
          && principal(statement.path("Principal"), caller)
          && action(statement.path("Action").asText())
          && condition(statement.path("Condition"), sourceArn, account)) {
        return true;
      }
    }
    return false;
  }

  private static boolean principal(JsonNode principal, String caller) {
    return principal.asText().equals("*")
        || principal.path("Service").asText().equals(caller)
        || principal.path("AWS").asText().equals("*");
  }

  private static boolean action(String action) {
    return action.equals("*")
        || action.equalsIgnoreCase("lambda:*")
        || action.equalsIgnoreCase("lambda:InvokeFunction");
  }

  /** Every operator must hold; an unknown one does not. */
  private static boolean condition(JsonNode condition, String sourceArn, String account) {
    for (var operator : condition.properties()) {
      for (var test : operator.getValue().properties()) {
        String key = test.getKey().toLowerCase(Locale.ROOT);
        String wanted = test.getValue().asText();
        boolean holds =
            switch (key) {
              case "aws:sourcearn" -> like(wanted, sourceArn);
              case "aws:sourceaccount" -> like(wanted, account);
              default -> false;
            };
        if (!holds) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * {@code *} matches any characters, {@code ?} one. At a mismatch only the last star is extended,
   * so many stars cost no more time than few.
   */
  private static boolean like(String pattern, String value) {
    int p = 0;
    int v = 0;
    int star = -1;
    int resume = 0;
    while (v < value.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        resume = v;
      } else if (p < pattern.length() && (wanted == '?' || wanted == value.charAt(v))) {
        p++;
        v++;
      } else if (star >= 0) {
        p = star + 1;
        v = ++resume;
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
