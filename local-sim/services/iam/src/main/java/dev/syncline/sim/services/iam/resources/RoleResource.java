// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.Set;

public final class RoleResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          AssumeRolePolicyDocument: json, required
          Description: text
          ManagedPolicyArns: list of text
          MaxSessionDuration: integer
          Path: text, fixed
          PermissionsBoundary: text, fixed
          Policies: list of structure
            PolicyName: text, required
            PolicyDocument: json, required
          RoleName: text, fixed
          Tags: tags Key Value
          """);
  private static final Tagging TAGGING =
      new Tagging("iam", "TagRole", "UntagRole", "RoleName", "Tags", "TagKeys");
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public RoleResource() {
    super(
        new CrudDeclaration("AWS::IAM::Role", "iam", PROPERTIES)
            .nameProperty("RoleName")
            .create("CreateRole", "Policies", "ManagedPolicyArns")
            .named("RoleName", 64)
            .created(RoleResource::state)
            .addressedBy("RoleName")
            .update(RoleResource::changeTrust)
            .update(RoleResource::changeSettings)
            .update(RoleResource::changePolicies)
            .update(RoleResource::changeManagedPolicies)
            .tagList(TAGGING, "Key")
            .delete("DeleteRole"));
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("RoleName");
  }

  private static ResourceState state(Created call) {
    return ResourceState.of(
        call.given("RoleName"),
        "Arn",
        call.answered("/Role/Arn"),
        "RoleId",
        call.answered("/Role/RoleId"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    String name = created.physicalId();
    ServiceCalls.finish(
        () -> {
          properties.path("Policies").forEach(policy -> put(calls, name, policy));
          properties
              .path("ManagedPolicyArns")
              .forEach(arn -> managed(calls, "AttachRolePolicy", name, arn.asText()));
        },
        () -> delete(calls, created, properties));
    return created;
  }

  private static void changeTrust(Change change) {
    if (change.of("AssumeRolePolicyDocument")) {
      ObjectNode input = change.target();
      input.set("PolicyDocument", change.after().get("AssumeRolePolicyDocument"));
      change.calls().call("iam", "UpdateAssumeRolePolicy", input);
    }
  }

  private static void changeSettings(Change change) {
    if (change.of("Description", "MaxSessionDuration")) {
      ObjectNode input =
          change
              .target()
              .put("Description", change.after().path("Description").asText(""))
              .put("MaxSessionDuration", change.after().path("MaxSessionDuration").asInt(3600));
      change.calls().call("iam", "UpdateRole", input);
    }
  }

  private static void changePolicies(Change change) {
    ServiceCalls calls = change.calls();
    String name = change.current().physicalId();
    ObjectNode old = Differences.keyed(change.before().path("Policies"), "PolicyName");
    ObjectNode wanted = Differences.keyed(change.after().path("Policies"), "PolicyName");
    Differences.set(old, wanted).forEach(policy -> put(calls, name, policy));
    Differences.removed(old, wanted).forEach(policy -> remove(calls, name, policy.asText()));
  }

  private static void changeManagedPolicies(Change change) {
    ServiceCalls calls = change.calls();
    String name = change.current().physicalId();
    JsonNode old = change.before().path("ManagedPolicyArns");
    JsonNode wanted = change.after().path("ManagedPolicyArns");
    Differences.without(wanted, old).forEach(arn -> managed(calls, "AttachRolePolicy", name, arn));
    Differences.without(old, wanted).forEach(arn -> managed(calls, "DetachRolePolicy", name, arn));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String name = current.physicalId();
    Differences.without(properties.path("ManagedPolicyArns"), NONE)
        .forEach(arn -> managed(calls, "DetachRolePolicy", name, arn));
    for (JsonNode policy : properties.path("Policies")) {
      remove(calls, name, policy.path("PolicyName").asText());
    }
    super.delete(calls, current, properties);
  }

  private static void put(ServiceCalls calls, String role, JsonNode policy) {
    ObjectNode input = policy.<ObjectNode>deepCopy().put("RoleName", role);
    calls.call("iam", "PutRolePolicy", input);
  }

  private static void remove(ServiceCalls calls, String role, String policy) {
    calls.callUnlessGone(
        "iam", "DeleteRolePolicy", calls.input().put("RoleName", role).put("PolicyName", policy));
  }

  private static void managed(ServiceCalls calls, String operation, String role, String arn) {
    ObjectNode input = calls.input().put("RoleName", role).put("PolicyArn", arn);
    if (operation.startsWith("Detach")) {
      calls.callUnlessGone("iam", operation, input);
    } else {
      calls.call("iam", operation, input);
    }
  }
}
