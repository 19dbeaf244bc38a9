// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a function's resource policy lets a caller use its URL. */
final class UrlPolicy {
  private UrlPolicy() {}

  /**
   * Reads the statements.
   *
   * @param action {@code lambda:InvokeFunctionUrl} or {@code lambda:InvokeFunction}
   * @param authType of the URL
   * @param principal the ARN of the caller's role or user; null for an anonymous one
   */
  static boolean allows(
      Collection<ObjectNode> statements,
      String action,
      String authType,
      @Nullable String principal,
      String account) {
    for (JsonNode statement : statements) {
      if (statement.path("Effect").asText().equals("Allow")
          && action(statement.path("Action").asText(), action)
          && principal(statement.path("Principal"), principal, account)
          && condition(statement.path("Condition"), authType)) {
        return true;
      }
    }
    return false;
  }

  private static boolean action(String allowed, String action) {
    return allowed.equals("*")
        || allowed.equalsIgnoreCase("lambda:*")
        || allowed.equalsIgnoreCase(action);
  }

  private static boolean principal(JsonNode allowed, @Nullable String caller, String account) {
    String aws = allowed.isTextual() ? allowed.asText() : allowed.path("AWS").asText();
    return aws.equals("*")
        || (caller != null
            && (aws.equals(caller) || aws.equals(Arn.aws("iam", "", account, "root"))));
  }

  /** Every operator must hold; an unknown key does not. */
  private static boolean condition(JsonNode condition, String authType) {
    for (Map.Entry<String, JsonNode> operator : condition.properties()) {
      for (Map.Entry<String, JsonNode> test : operator.getValue().properties()) {
        String key = operator.getKey() + " " + test.getKey().toLowerCase(Locale.ROOT);
        String needed =
            switch (key) {
              case "StringEquals lambda:functionurlauthtype" -> authType;
              case "Bool lambda:invokedviafunctionurl" -> "true";
              default -> "";
            };
        if (needed.isEmpty() || !test.getValue().asText().equals(needed)) {
          return false;
        }
      }
    }
    return true;
  }
}
