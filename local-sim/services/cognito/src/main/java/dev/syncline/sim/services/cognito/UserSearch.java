// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.SchemaAttributes;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ListUsers with its filters. Thread-safe. */
record UserSearch(CognitoParts parts) {
  private static final Pattern FILTER =
      Pattern.compile("\\s*\"?([\\w:]+)\"?\\s*(\\^?=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Set<String> SEARCHABLE =
      Set.of(
          "username",
          "email",
          "phone_number",
          "name",
          "given_name",
          "family_name",
          "preferred_username",
          "cognito:user_status",
          "status",
          "sub");

  Operation operation() {
    return Operation.of(
        "ListUsers: UserPoolId, AttributesToGet, Limit, PaginationToken, Filter", this::list);
  }

  private Output list(Input input, CallContext context) {
    UserPool pool = parts.store().pool(input.requiredText("UserPoolId"));
    List<String> names = input.texts("AttributesToGet");
    Map<String, ObjectNode> schema = SchemaAttributes.of(pool);
    for (String name : names) {
      if (!schema.containsKey(name) && !name.equals("identities")) {
        throw CognitoErrors.invalidParameter(
            "One or more requested attributes do not exist in user pool.");
      }
    }
    Predicate<PoolUser> wanted = filter(input.text("Filter").orElse(""), pool.caseSensitive());
    List<PoolUser> found = parts.store().users(pool.id()).stream().filter(wanted).toList();
    Pages.Page<PoolUser> page = CognitoPages.of(input, found, "Limit", "PaginationToken");
    return Output.of(
        page.addTo(Json.object(), "Users", user -> UserJson.user(user, names), "PaginationToken"));
  }

  private static Predicate<PoolUser> filter(String text, boolean caseSensitive) {
    if (text.isBlank()) {
      return user -> true;
    }
    Matcher parsed = FILTER.matcher(text);
    if (!parsed.matches()) {
      throw CognitoErrors.invalidParameter("Error while parsing filter.");
    }
    String attribute = parsed.group(1);
    if (!SEARCHABLE.contains(attribute)) {
      throw CognitoErrors.invalidParameter("Invalid search attribute: " + attribute);
    }
    boolean prefix = parsed.group(2).equals("^=");
    String value = parsed.group(3).replaceAll("\\\\(.)", "$1");
    boolean fold = attribute.equals("status") || !caseSensitive;
    return user -> {
      String actual = value(user, attribute);
      return actual != null
          && (prefix
              ? actual.regionMatches(fold, 0, value, 0, value.length())
              : fold ? actual.equalsIgnoreCase(value) : actual.equals(value));
    };
  }

  private static @Nullable String value(PoolUser user, String attribute) {
    return switch (attribute) {
      case "username" -> user.username();
      case "sub" -> user.sub();
      case "cognito:user_status" -> user.status().name();
      case "status" -> user.enabled() ? "Enabled" : "Disabled";
      default -> user.attributes().get(attribute);
    };
  }
}
