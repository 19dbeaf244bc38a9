// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A statement of a trust policy. Stateless and thread-safe. */
final class TrustStatement {
  private TrustStatement() {}

  static boolean matches(JsonNode statement, String action, Map<String, List<String>> keys) {
    return texts(statement.path("Principal").path("Federated")).contains(IdentityTrust.PROVIDER)
        && texts(statement.path("Action")).stream()
            .anyMatch(pattern -> like(pattern.toLowerCase(Locale.ROOT), lower(action)))
        && conditions(statement.path("Condition"), keys);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean conditions(JsonNode conditions, Map<String, List<String>> keys) {
    for (var operator : conditions.properties()) {
      for (var key : operator.getValue().properties()) {
        List<String> actual = keys.getOrDefault(key.getKey(), List.of());
        boolean wild = operator.getKey().endsWith("StringLike");
        boolean known = wild || operator.getKey().endsWith("StringEquals");
        List<String> wanted = texts(key.getValue());
        if (!known
            || actual.stream()
                .noneMatch(
                    value ->
                        wanted.stream().anyMatch(w -> wild ? like(w, value) : w.equals(value)))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean like(String pattern, String value) {
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.matches(expression, value);
  }

  private static List<String> texts(JsonNode value) {
    var texts = new ArrayList<String>();
    if (value.isTextual()) {
      texts.add(value.asText());
    }
    value.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
