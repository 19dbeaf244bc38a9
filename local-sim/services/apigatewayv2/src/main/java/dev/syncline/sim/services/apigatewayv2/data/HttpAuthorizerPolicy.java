// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Wildcards;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Evaluates the policy that an authorizer function returns. A statement that denies wins over one
 * that allows; without a statement that matches, the request is denied. A statement with a member
 * that is not evaluated here fails the request.
 */
final class HttpAuthorizerPolicy {
  private static final String ACTION = "execute-api:invoke";
  private static final Set<String> MEMBERS = Set.of("Sid", "Effect", "Action", "Resource");

  private HttpAuthorizerPolicy() {}

  static boolean allows(JsonNode policy, String arn) throws HttpApiRefusal {
    boolean allowed = false;
    boolean denied = false;
    JsonNode statements = policy.path("Statement");
    for (JsonNode statement : statements.isObject() ? List.of(statements) : statements) {
      for (Map.Entry<String, JsonNode> member : statement.properties()) {
        if (!MEMBERS.contains(member.getKey())) {
          throw HttpApiRefusal.failed(
              "the simulator does not support " + member.getKey() + " in an authorizer's policy");
        }
      }
      boolean meant =
          anyMatches(statement.path("Action"), ACTION, true)
              && anyMatches(statement.path("Resource"), arn, false);
      denied |= meant && statement.path("Effect").asText().equals("Deny");
      allowed |= meant && statement.path("Effect").asText().equals("Allow");
    }
    return allowed && !denied;
  }

  private static boolean anyMatches(JsonNode patterns, String text, boolean ignoreCase) {
    if (patterns.isTextual()) {
      String pattern = patterns.asText();
      return Wildcards.matches(ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern, text);
    }
    for (JsonNode pattern : patterns) {
      if (anyMatches(pattern, text, ignoreCase)) {
        return true;
      }
    }
    return false;
  }
}
