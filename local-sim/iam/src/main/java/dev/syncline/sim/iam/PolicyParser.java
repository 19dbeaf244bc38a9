// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compiles documents. It accepts policies of every kind: one with a principal is a resource's, and
 * a statement without a resource is meant for the resource that has the policy.
 */
final class PolicyParser {
  /** Longer documents are refused. AWS's largest policy, for simulations, is half as long. */
  static final int MAX_DOCUMENT = 262_144;

  private static final String SYNTAX = "Syntax errors in policy.";
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
  private static final Set<String> STATEMENT_ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "Service", "Federated", "CanonicalUser");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final boolean variables;
  private final Set<String> sids = new HashSet<>();

  private PolicyParser(boolean variables) {
    this.variables = variables;
  }

  /** Whether a document's version has policy variables. */
  static boolean hasVariables(JsonNode document) {
    return document.path("Version").asText().equals("2012-10-17");
  }

  /** The statements of a document, in order. */
  static List<PolicyStatement> statements(String json) {
    JsonNode document = read(json);
    String version = document.path("Version").asText("2008-10-17");
    if (!version.equals("2012-10-17") && !version.equals("2008-10-17")) {
      throw new MalformedPolicyException("The policy must contain a valid version string.");
    }
    knownOnly(document, ELEMENTS);
    JsonNode statement = document.path("Statement");
    List<JsonNode> nodes = new ArrayList<>();
    if (statement.isArray()) {
      statement.forEach(nodes::add);
    } else if (statement.isObject()) {
      nodes.add(statement);
    }
    if (nodes.isEmpty()) {
      throw new MalformedPolicyException(SYNTAX);
    }
    PolicyParser parser = new PolicyParser(hasVariables(document));
    return nodes.stream().map(parser::statement).toList();
  }

  /** A document as JSON. */
  static JsonNode read(String json) {
    if (json.length() > MAX_DOCUMENT) {
      throw new MalformedPolicyException(
          "The policy is longer than " + MAX_DOCUMENT + " characters.");
    }
    try {
      JsonNode document = JSON.readTree(json);
      if (document.isObject()) {
        return document;
      }
    } catch (JsonProcessingException notJson) {
      throw new MalformedPolicyException("This policy contains invalid Json");
    }
    throw new MalformedPolicyException(SYNTAX);
  }

  private static void knownOnly(JsonNode node, Set<String> names) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw new MalformedPolicyException(SYNTAX);
              }
            });
  }

  private PolicyStatement statement(JsonNode node) {
    if (!node.isObject()) {
      throw new MalformedPolicyException(SYNTAX);
    }
    knownOnly(node, STATEMENT_ELEMENTS);
    String effect = node.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new MalformedPolicyException(
          node.has("Effect") ? "Invalid effect: " + effect : "Missing required field Effect");
    }
    String sid = node.path("Sid").asText();
    if (!sid.isEmpty() && !sids.add(sid)) {
      throw new MalformedPolicyException("Statement IDs (SID) in a single policy must be unique.");
    }
    return new PolicyStatement(
        sid,
        effect.equals("Allow"),
        principal(node),
        actions(node),
        resources(node),
        conditions(node.get("Condition")));
  }

  /** The element or its negation; at most one of them may be present. */
  private static @Nullable String present(JsonNode node, String name) {
    String negated = "Not" + name;
    if (node.has(name) && node.has(negated)) {
      throw new MalformedPolicyException("Statement/policy already has instance of " + name);
    }
    return node.has(name) ? name : node.has(negated) ? negated : null;
  }

  private static ActionPattern actions(JsonNode node) {
    String name = present(node, "Action");
    List<String> values = name == null ? List.of() : texts(node.path(name));
    if (name == null || values.isEmpty()) {
      throw new MalformedPolicyException("Policy statement must contain actions.");
    }
    for (String action : values) {
      int colon = action.indexOf(':');
      if (colon < 0 && !action.equals("*")) {
        throw new MalformedPolicyException(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
    }
    return ActionPattern.of(name.startsWith("Not"), values);
  }

  private ResourcePattern resources(JsonNode node) {
    String name = present(node, "Resource");
    if (name == null) {
      return ResourcePattern.EVERY;
    }
    return ResourcePattern.of(name.startsWith("Not"), texts(node.path(name)), variables);
  }

  private static Optional<PrincipalPattern> principal(JsonNode node) {
    String name = present(node, "Principal");
    if (name == null) {
      return Optional.empty();
    }
    JsonNode value = node.path(name);
    boolean negated = name.startsWith("Not");
    if (value.isTextual() && value.asText().equals("*")) {
      return Optional.of(new PrincipalPattern(negated, true, Set.of(), Set.of(), Set.of()));
    }
    if (!value.isObject() || value.isEmpty()) {
      throw new MalformedPolicyException("Invalid principal in policy.");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!PRINCIPALS.contains(entry.getKey())) {
        throw new MalformedPolicyException("Invalid principal in policy.");
      }
    }
    Set<String> aws = named(value, "AWS", PrincipalPattern::normalized);
    Set<String> services = named(value, "Service", PrincipalPattern::service);
    Set<String> federated = named(value, "Federated", UnaryOperator.identity());
    boolean everyone = aws.contains("*") || services.contains("*") || federated.contains("*");
    return Optional.of(new PrincipalPattern(negated, everyone, aws, services, federated));
  }

  private static Set<String> named(JsonNode value, String kind, UnaryOperator<String> form) {
    Set<String> names = new HashSet<>();
    if (value.has(kind)) {
      texts(value.path(kind)).forEach(name -> names.add(form.apply(name)));
    }
    return names;
  }

  private List<PolicyCondition> conditions(@Nullable JsonNode blocks) {
    if (blocks == null) {
      return List.of();
    }
    if (!blocks.isObject()) {
      throw new MalformedPolicyException(SYNTAX);
    }
    List<PolicyCondition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> block : blocks.properties()) {
      if (!block.getValue().isObject()) {
        throw new MalformedPolicyException(SYNTAX);
      }
      for (Map.Entry<String, JsonNode> key : block.getValue().properties()) {
        conditions.add(
            PolicyCondition.of(block.getKey(), key.getKey(), scalars(key.getValue()), variables));
      }
    }
    return conditions;
  }

  private static List<String> texts(JsonNode node) {
    return values(node, false);
  }

  private static List<String> scalars(JsonNode node) {
    return values(node, true);
  }

  private static List<String> values(JsonNode node, boolean scalars) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.isArray() ? node : List.of(node)) {
      if (!value.isTextual() && !(scalars && (value.isNumber() || value.isBoolean()))) {
        throw new MalformedPolicyException(SYNTAX);
      }
      values.add(value.asText());
    }
    return values;
  }
}
