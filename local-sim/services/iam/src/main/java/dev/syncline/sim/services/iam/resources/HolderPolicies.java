// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudResource.Change;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.util.List;

/**
 * The policies of users, of groups or of roles: the properties {@code Policies}, {@code
 * ManagedPolicyArns} and {@code PermissionsBoundary}. Immutable.
 *
 * @param kind {@code User}, {@code Group} or {@code Role}
 */
record HolderPolicies(String kind) {
  static final HolderPolicies OF_ROLES = new HolderPolicies("Role");
  static final HolderPolicies OF_USERS = new HolderPolicies("User");
  static final HolderPolicies OF_GROUPS = new HolderPolicies("Group");

  /** Every kind. */
  static final List<HolderPolicies> ALL = List.of(OF_GROUPS, OF_ROLES, OF_USERS);

  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The property that lists holders, such as {@code Roles}. */
  String list() {
    return kind + "s";
  }

  /** Adds the policies of a new holder. */
  void create(ServiceCalls calls, String name, ObjectNode properties) {
    properties.path("Policies").forEach(policy -> put(calls, name, policy));
    properties.path("ManagedPolicyArns").forEach(arn -> attach(calls, name, arn.asText()));
  }

  void change(Change change) {
    ServiceCalls calls = change.calls();
    String name = change.current().physicalId();
    ObjectNode old = Differences.keyed(change.before().path("Policies"), "PolicyName");
    ObjectNode wanted = Differences.keyed(change.after().path("Policies"), "PolicyName");
    Differences.set(old, wanted).forEach(policy -> put(calls, name, policy));
    Differences.removed(old, wanted).forEach(policy -> remove(calls, name, policy.asText()));
    JsonNode attached = change.before().path("ManagedPolicyArns");
    JsonNode toAttach = change.after().path("ManagedPolicyArns");
    Differences.without(toAttach, attached).forEach(arn -> attach(calls, name, arn));
    Differences.without(attached, toAttach).forEach(arn -> detach(calls, name, arn));
  }

  void changeBoundary(Change change) {
    if (!change.of("PermissionsBoundary")) {
      return;
    }
    ObjectNode input = change.target();
    String boundary = change.after().path("PermissionsBoundary").asText();
    if (boundary.isEmpty()) {
      change.calls().callUnlessGone("iam", "Delete" + kind + "PermissionsBoundary", input);
    } else {
      input.put("PermissionsBoundary", boundary);
      change.calls().call("iam", "Put" + kind + "PermissionsBoundary", input);
    }
  }

  /** Removes the policies of a holder that is going to be deleted. */
  void delete(ServiceCalls calls, String name, ObjectNode properties) {
    Differences.without(properties.path("ManagedPolicyArns"), NONE)
        .forEach(arn -> detach(calls, name, arn));
    for (JsonNode policy : properties.path("Policies")) {
      remove(calls, name, policy.path("PolicyName").asText());
    }
  }

  /** Puts an inline policy, a structure with {@code PolicyName} and {@code PolicyDocument}. */
  void put(ServiceCalls calls, String name, JsonNode policy) {
    ObjectNode input = named(calls, name);
    input.set("PolicyName", policy.get("PolicyName"));
    input.set("PolicyDocument", policy.get("PolicyDocument"));
    calls.call("iam", "Put" + kind + "Policy", input);
  }

  void remove(ServiceCalls calls, String name, String policy) {
    calls.callUnlessGone(
        "iam", "Delete" + kind + "Policy", named(calls, name).put("PolicyName", policy));
  }

  void attach(ServiceCalls calls, String name, String arn) {
    calls.call("iam", "Attach" + kind + "Policy", named(calls, name).put("PolicyArn", arn));
  }

  void detach(ServiceCalls calls, String name, String arn) {
    calls.callUnlessGone(
        "iam", "Detach" + kind + "Policy", named(calls, name).put("PolicyArn", arn));
  }

  private ObjectNode named(ServiceCalls calls, String name) {
    return calls.input().put(kind + "Name", name);
  }
}
