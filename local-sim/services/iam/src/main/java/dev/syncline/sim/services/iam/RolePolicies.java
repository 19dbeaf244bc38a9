// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.iam.AccessQuery;
import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.IamPrincipal;
import dev.syncline.sim.iam.PolicyEngine;
import dev.syncline.sim.iam.PolicySources;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Wildcards;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a role's own policies may allow an action. For {@link #mayAllow}, boundaries, resource
 * policies and conditions are not evaluated. Thread-safe.
 */
record RolePolicies(IamStore store, CompiledPolicies compiled) implements RolePermissions {
  @Override
  public boolean mayAllow(String roleArn, String action, String resource) {
    Optional<List<JsonNode>> statements =
        store.exclusively(() -> store.roleOfArn(roleArn).map(this::statements));
    if (statements.isEmpty()) {
      return true;
    }
    boolean allowed = false;
    for (JsonNode statement : statements.get()) {
      boolean deny = statement.path("Effect").asText().equals("Deny");
      if ((deny && statement.has("Condition")) || !applies(statement, action, resource)) {
        continue;
      }
      if (deny) {
        return false;
      }
      allowed = true;
    }
    return allowed;
  }

  private List<JsonNode> statements(Role role) {
    var documents = new ArrayList<>(role.inline.values());
    for (String arn : role.attached) {
      if (!ManagedPolicies.isManaged(arn)) {
        CustomerPolicy policy = store.policy(arn);
        documents.add(policy.version(policy.defaultVersion).document());
      } else {
        // A policy that AWS does not have, where that is tolerated, permits nothing.
        ManagedPolicies.find(arn).map(ManagedPolicies::document).ifPresent(documents::add);
      }
    }
    var all = new ArrayList<JsonNode>();
    for (String document : documents) {
      try {
        JsonNode statement = Json.MAPPER.readTree(document).path("Statement");
        each(statement).forEach(all::add);
      } catch (JsonProcessingException refusedBefore) {
        throw new IllegalStateException("a policy that is not JSON", refusedBefore);
      }
    }
    return all;
  }

  @Override
  public boolean trusts(
      String roleArn, String service, @Nullable String sourceArn, @Nullable String sourceAccount) {
    var keys = new HashMap<String, List<String>>();
    keys.put("aws:principalisawsservice", List.of("true"));
    keys.put("aws:principalservicename", List.of(service));
    if (sourceArn != null) {
      keys.put("aws:sourcearn", List.of(sourceArn));
    }
    if (sourceAccount != null) {
      keys.put("aws:sourceaccount", List.of(sourceAccount));
    }
    return admits(roleArn, new IamPrincipal.Service(service), "sts:AssumeRole", keys);
  }

  /** Whether a web identity may assume the role. */
  boolean admitsWebIdentity(String roleArn, String provider, Map<String, List<String>> keys) {
    return admits(
        roleArn, new IamPrincipal.WebIdentity(provider), "sts:AssumeRoleWithWebIdentity", keys);
  }

  private boolean admits(
      String roleArn, IamPrincipal principal, String action, Map<String, List<String>> keys) {
    Optional<Document> trust =
        store.exclusively(
            () -> store.roleOfArn(roleArn).map(role -> new Document(roleArn, role.trust)));
    return trust
        .flatMap(compiled::of)
        .map(
            policy ->
                PolicyEngine.decide(
                    new AccessQuery(principal, action, roleArn, Arn.parse(roleArn).account(), keys),
                    new PolicySources(
                        List.of(), Optional.empty(), Optional.empty(), Optional.of(policy), true)))
        .filter(Decision::allowed)
        .isPresent();
  }

  private static boolean applies(JsonNode statement, String action, String resource) {
    Predicate<String> ofAction =
        pattern ->
            Wildcards.matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
    Predicate<String> ofResource = pattern -> Wildcards.matches(pattern, resource);
    return names(statement, "Action", "NotAction", ofAction)
        && names(statement, "Resource", "NotResource", ofResource);
  }

  private static boolean names(
      JsonNode statement, String member, String inverse, Predicate<String> test) {
    if (statement.has(inverse)) {
      return each(statement.path(inverse)).stream().map(JsonNode::asText).noneMatch(test);
    }
    return each(statement.path(member)).stream().map(JsonNode::asText).anyMatch(test);
  }

  private static List<JsonNode> each(JsonNode oneOrMore) {
    if (!oneOrMore.isArray()) {
      return oneOrMore.isMissingNode() ? List.of() : List.of(oneOrMore);
    }
    var items = new ArrayList<JsonNode>();
    oneOrMore.forEach(items::add);
    return items;
  }
}
