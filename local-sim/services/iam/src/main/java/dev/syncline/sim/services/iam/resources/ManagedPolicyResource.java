// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.Set;

public final class ManagedPolicyResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("Description", Shape.text()).fixed(),
          member("ManagedPolicyName", Shape.text()).as("PolicyName").fixed(),
          member("Path", Shape.text()).fixed(),
          member("PolicyDocument", Shape.jsonText()).required(),
          member("Roles", Shape.list(Shape.text())));
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  @Override
  public String name() {
    return "AWS::IAM::ManagedPolicy";
  }

  @Override
  public String nameProperty() {
    return "ManagedPolicyName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("ManagedPolicyName");
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties
            .deepCopy()
            .put("PolicyName", properties.path("PolicyName").asText(names.name(128)));
    input.remove("Roles");
    JsonNode policy = calls.call("iam", "CreatePolicy", input).path("Policy");
    String arn = policy.path("Arn").asText();
    var created =
        ResourceState.of(arn, "PolicyArn", arn, "PolicyId", policy.path("PolicyId").asText());
    ServiceCalls.finish(
        () ->
            Differences.without(properties.path("Roles"), NONE)
                .forEach(role -> attach(calls, role, arn)),
        () -> delete(calls, created, properties));
    return created;
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String arn = current.physicalId();
    if (Differences.in(before, after, "PolicyDocument")) {
      ObjectNode input = calls.input().put("PolicyArn", arn).put("SetAsDefault", true);
      input.set("PolicyDocument", after.get("PolicyDocument"));
      calls.call("iam", "CreatePolicyVersion", input);
      // A policy keeps five versions at most, so only the one in use stays.
      deleteOldVersions(calls, arn);
    }
    JsonNode oldRoles = before.path("Roles");
    JsonNode newRoles = after.path("Roles");
    Differences.without(newRoles, oldRoles).forEach(role -> attach(calls, role, arn));
    Differences.without(oldRoles, newRoles).forEach(role -> detach(calls, role, arn));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String arn = current.physicalId();
    Differences.without(properties.path("Roles"), NONE).forEach(role -> detach(calls, role, arn));
    calls.callUnlessGone("iam", "DeletePolicy", calls.input().put("PolicyArn", arn));
  }

  private static void deleteOldVersions(ServiceCalls calls, String arn) {
    JsonNode versions =
        calls.call("iam", "ListPolicyVersions", calls.input().put("PolicyArn", arn));
    for (JsonNode version : versions.path("Versions")) {
      if (!version.path("IsDefaultVersion").asBoolean()) {
        ObjectNode input = calls.input().put("PolicyArn", arn);
        calls.call(
            "iam",
            "DeletePolicyVersion",
            input.put("VersionId", version.path("VersionId").asText()));
      }
    }
  }

  private static void attach(ServiceCalls calls, String role, String arn) {
    calls.call(
        "iam", "AttachRolePolicy", calls.input().put("RoleName", role).put("PolicyArn", arn));
  }

  private static void detach(ServiceCalls calls, String role, String arn) {
    calls.callUnlessGone(
        "iam", "DetachRolePolicy", calls.input().put("RoleName", role).put("PolicyArn", arn));
  }
}
