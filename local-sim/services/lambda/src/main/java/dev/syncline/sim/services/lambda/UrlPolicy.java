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
   * @param authType of the URL
   * @param principal the ARN of the caller's role or user; null for an anonymous one
   */
  static boolean allows(
      Collection<ObjectNode> statements,
      String authType,
      @Nullable String principal,
      String account) {
    for (JsonNode statement : statements) {
      if (statement.path("Effect").asText().equals("Allow")
          && action(statement.path("Action").asText())
          && principal(statement.path("Principal"), principal, account)
          && condition(statement.path("Condition"), authType)) {
        return true;
      }
    }
    return false;
  }

  private static boolean action(String action) {
    return action.equals("*")
        || action.equalsIgnoreCase("lambda:*")
        || action.equalsIgnoreCase("lambda:InvokeFunctionUrl");
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
        boolean known =
            operator.getKey().equals("StringEquals")
                && test.getKey().toLowerCase(Locale.ROOT).equals("lambda:functionurlauthtype");
        if (!known || !test.getValue().asText().equals(authType)) {
          return false;
        }
      }
    }
    return true;
  }
}
