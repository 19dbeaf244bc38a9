// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether a queue's policy lets S3 send messages for a bucket. A statement with an operator or a
 * key that is not known here does not allow, and does deny. Stateless.
 */
final class SendPermission {
  private static final Set<String> EQUAL =
      Set.of("stringequals", "arnequals", "stringlike", "arnlike");

  private SendPermission() {}

  /**
   * Reads a policy.
   *
   * @param account 12 digits; the account of the bucket
   */
  static boolean allows(JsonNode policy, String queueArn, String bucketArn, String account) {
    boolean allowed = false;
    for (JsonNode statement : PolicyJson.several(policy.path("Statement"))) {
      boolean applies =
          principal(statement.path("Principal"))
              && any(PolicyJson.texts(statement.path("Action")), "sqs:SendMessage", true)
              && any(PolicyJson.texts(statement.path("Resource")), queueArn, false)
              && condition(statement.path("Condition"), bucketArn, account);
      if (applies && statement.path("Effect").asText().equals("Deny")) {
        return false;
      }
      allowed |= applies && statement.path("Effect").asText().equals("Allow");
    }
    return allowed;
  }

  private static boolean principal(JsonNode principal) {
    return PolicyJson.isEveryone(principal)
        || PolicyJson.texts(principal.path("Service")).contains("s3.amazonaws.com")
        || PolicyJson.texts(principal.path("Service")).contains("*");
  }

  private static boolean condition(JsonNode condition, String bucketArn, String account) {
    Map<String, String> values = Map.of("aws:sourcearn", bucketArn, "aws:sourceaccount", account);
    for (var operator : condition.properties()) {
      String name =
          operator
              .getKey()
              .toLowerCase(Locale.ROOT)
              .replace("foranyvalue:", "")
              .replace("ifexists", "");
      for (var test : operator.getValue().properties()) {
        String value = values.get(test.getKey().toLowerCase(Locale.ROOT));
        if (value == null
            || !EQUAL.contains(name)
            || !any(PolicyJson.texts(test.getValue()), value, false)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean any(List<String> patterns, String value, boolean ignoreCase) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                ignoreCase
                    ? like(pattern.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))
                    : like(pattern, value));
  }

  /** Whether a value fits a pattern of texts and asterisks; a question mark stands for itself. */
  private static boolean like(String pattern, String value) {
    String[] pieces = pattern.split("\\*", -1);
    String first = pieces[0];
    String last = pieces[pieces.length - 1];
    if (pieces.length == 1) {
      return pattern.equals(value);
    }
    int at = first.length();
    int end = value.length() - last.length();
    if (!value.startsWith(first) || !value.endsWith(last) || end < at) {
      return false;
    }
    for (int i = 1; i < pieces.length - 1; i++) {
      int found = value.indexOf(pieces[i], at);
      if (found < 0 || found + pieces[i].length() > end) {
        return false;
      }
      at = found + pieces[i].length();
    }
    return true;
  }
}
