// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Wildcards;
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
              case "aws:sourcearn" -> Wildcards.matches(wanted, sourceArn);
              case "aws:sourceaccount" -> Wildcards.matches(wanted, account);
              default -> false;
            };
        if (!holds) {
          return false;
        }
      }
    }
    return true;
  }
}
