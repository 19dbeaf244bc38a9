// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides as AWS's documentation describes it, step by step on the documents, without compiling.
 * Slow, and written apart from the engine, to compare the two. It knows the operators that {@link
 * RandomPolicies} makes.
 */
final class NaiveEvaluator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AccessQuery query;
  private final PolicySources policies;

  NaiveEvaluator(AccessQuery query, PolicySources policies) {
    this.query = query;
    this.policies = policies;
  }

  /** {@code allow}, {@code deny KIND} or {@code missing KIND}. */
  String decision() {
    List<Policy> boundary = policies.boundary().stream().toList();
    List<Policy> session = policies.session().orElse(List.of());
    if (any(policies.identity(), "Deny")) {
      return "deny IDENTITY";
    }
    if (!grants("Deny").isEmpty()) {
      return "deny RESOURCE";
    }
    if (any(boundary, "Deny")) {
      return "deny BOUNDARY";
    }
    if (any(session, "Deny")) {
      return "deny SESSION";
    }
    List<String> grants = grants("Allow");
    String account = account();
    if (account == null) {
      return grants.isEmpty() ? "missing RESOURCE" : "allow";
    }
    boolean foreign = !account.equals(query.resourceAccount());
    if (!foreign && grants.contains("direct")) {
      return "allow";
    }
    if (!foreign && policies.resourceMustAllow() && grants.isEmpty()) {
      return "missing RESOURCE";
    }
    boolean byRole = !foreign && grants.contains("role");
    if (!any(policies.identity(), "Allow") && !byRole) {
      return "missing IDENTITY";
    }
    if (policies.boundary().isPresent() && !any(boundary, "Allow")) {
      return "missing BOUNDARY";
    }
    if (policies.session().isPresent() && !any(session, "Allow")) {
      return "missing SESSION";
    }
    return foreign && grants.isEmpty() ? "missing RESOURCE" : "allow";
  }

  private @Nullable String account() {
    return switch (query.principal()) {
      case IamPrincipal.User user -> user.account();
      case IamPrincipal.RoleSession session -> session.account();
      default -> null;
    };
  }

  private boolean any(List<Policy> documents, String effect) {
    return documents.stream()
        .flatMap(policy -> statements(policy).stream())
        .anyMatch(statement -> statement.path("Effect").asText().equals(effect) && fits(statement));
  }

  private List<String> grants(String effect) {
    List<String> grants = new ArrayList<>();
    for (JsonNode statement : statements(policies.resource())) {
      String named = named(statement.path("Principal"));
      if (statement.path("Effect").asText().equals(effect)
          && !named.equals("no")
          && fits(statement)) {
        grants.add(named);
      }
    }
    return grants;
  }

  private static List<JsonNode> statements(Optional<Policy> policy) {
    return policy.map(NaiveEvaluator::statements).orElse(List.of());
  }

  private static List<JsonNode> statements(Policy policy) {
    try {
      return list(JSON.readTree(policy.document()).path("Statement"));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<JsonNode> list(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else {
      all.add(node);
    }
    return all;
  }

  private String named(JsonNode principal) {
    if (principal.asText().equals("*") || principal.path("AWS").asText().equals("*")) {
      return "direct";
    }
    String name =
        principal.has("AWS") ? principal.path("AWS").asText() : principal.path("Service").asText();
    boolean account = name.equals(account()) || name.equals("arn:aws:iam::" + account() + ":root");
    return switch (query.principal()) {
      case IamPrincipal.User user ->
          name.equals(user.arn()) ? "direct" : account ? "account" : "no";
      case IamPrincipal.RoleSession session ->
          name.equals(session.sessionArn())
              ? "direct"
              : name.equals(session.roleArn()) ? "role" : account ? "account" : "no";
      case IamPrincipal.Service service -> name.equals(service.name()) ? "direct" : "no";
      default -> "no";
    };
  }

  private boolean fits(JsonNode statement) {
    return one(statement, "Action", value -> glob(value, query.action(), true))
        && one(statement, "Resource", value -> glob(value, query.resource(), false))
        && statement.path("Condition").properties().stream()
            .allMatch(
                block ->
                    block.getValue().properties().stream()
                        .allMatch(key -> holds(block.getKey(), key.getKey(), key.getValue())));
  }

  private static boolean one(
      JsonNode statement, String element, java.util.function.Predicate<String> test) {
    if (statement.has("Not" + element)) {
      return list(statement.path("Not" + element)).stream().noneMatch(v -> test.test(v.asText()));
    }
    return list(statement.path(element)).stream().anyMatch(value -> test.test(value.asText()));
  }

  private boolean holds(String operator, String key, JsonNode expected) {
    List<String> found = query.keys().get(key.toLowerCase(Locale.ROOT));
    List<String> given = found == null ? List.of() : found;
    List<String> wanted = list(expected).stream().map(JsonNode::asText).toList();
    if (operator.equals("Null")) {
      return given.isEmpty() == wanted.contains("true");
    }
    String plain = operator.substring(operator.indexOf(':') + 1).replace("IfExists", "");
    if (operator.startsWith("ForAllValues:")) {
      return given.stream().allMatch(value -> compare(plain, value, wanted));
    }
    if (operator.startsWith("ForAnyValue:")) {
      return given.stream().anyMatch(value -> compare(plain, value, wanted));
    }
    if (given.isEmpty()) {
      return operator.endsWith("IfExists") || plain.contains("Not");
    }
    return given.size() == 1
        && !key.equalsIgnoreCase("aws:TagKeys")
        && compare(plain, given.getFirst(), wanted);
  }

  private boolean compare(String operator, String value, List<String> wanted) {
    return switch (operator) {
      case "StringEquals" -> wanted.stream().anyMatch(text -> value.equals(resolve(text)));
      case "StringNotEquals" -> wanted.stream().noneMatch(text -> value.equals(resolve(text)));
      case "StringLike" -> wanted.stream().anyMatch(text -> glob(text, value, false));
      case "StringNotLike" -> wanted.stream().noneMatch(text -> glob(text, value, false));
      case "Bool" -> wanted.contains(value);
      case "NumericLessThan" ->
          value.matches("\\d+")
              && wanted.stream().anyMatch(text -> Long.parseLong(value) < Long.parseLong(text));
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private @Nullable String resolve(String text) {
    Matcher variable = Pattern.compile("\\$\\{([^}]*)}").matcher(text);
    if (!variable.find()) {
      return text;
    }
    List<String> values = query.keys().get(variable.group(1).toLowerCase(Locale.ROOT));
    return values == null || values.size() != 1
        ? null
        : text.substring(0, variable.start()) + values.getFirst() + text.substring(variable.end());
  }

  private boolean glob(String pattern, String value, boolean ignoreCase) {
    String resolved = resolve(pattern);
    if (resolved == null) {
      return false;
    }
    String regex = Pattern.quote(resolved).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
        .matcher(value)
        .matches();
  }
}
