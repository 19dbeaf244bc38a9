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
import dev.syncline.sim.service.resource.Tagging;
import java.util.List;
import java.util.Set;

public final class RoleResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("AssumeRolePolicyDocument", Shape.jsonText()).required(),
          member("Description", Shape.text()),
          member("ManagedPolicyArns", Shape.list(Shape.text())),
          member("MaxSessionDuration", Shape.integer()),
          member("Path", Shape.text()).fixed(),
          member("PermissionsBoundary", Shape.text()).fixed(),
          member(
              "Policies",
              Shape.list(
                  Struct.of(
                      member("PolicyName", Shape.text()).required(),
                      member("PolicyDocument", Shape.jsonText()).required()))),
          member("RoleName", Shape.text()).fixed(),
          member("Tags", Shape.tagList("Key", "Value")));
  private static final Tagging TAGGING =
      new Tagging("iam", "TagRole", "UntagRole", "RoleName", "Tags", "TagKeys");
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  @Override
  public String name() {
    return "AWS::IAM::Role";
  }

  @Override
  public String nameProperty() {
    return "RoleName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("RoleName");
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("RoleName").asText(names.name(64));
    ObjectNode input = properties.deepCopy().put("RoleName", name);
    input.remove(List.of("Policies", "ManagedPolicyArns"));
    JsonNode role = calls.call("iam", "CreateRole", input).path("Role");
    var created =
        ResourceState.of(
            name, "Arn", role.path("Arn").asText(), "RoleId", role.path("RoleId").asText());
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

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String name = current.physicalId();
    if (Differences.in(before, after, "AssumeRolePolicyDocument")) {
      ObjectNode input = calls.input().put("RoleName", name);
      input.set("PolicyDocument", after.get("AssumeRolePolicyDocument"));
      calls.call("iam", "UpdateAssumeRolePolicy", input);
    }
    if (Differences.in(before, after, "Description", "MaxSessionDuration")) {
      calls.call(
          "iam",
          "UpdateRole",
          calls
              .input()
              .put("RoleName", name)
              .put("Description", after.path("Description").asText(""))
              .put("MaxSessionDuration", after.path("MaxSessionDuration").asInt(3600)));
    }
    ObjectNode old = Differences.keyed(before.path("Policies"), "PolicyName");
    ObjectNode wanted = Differences.keyed(after.path("Policies"), "PolicyName");
    Differences.set(old, wanted).forEach(policy -> put(calls, name, policy));
    Differences.removed(old, wanted).forEach(policy -> remove(calls, name, policy.asText()));
    JsonNode oldArns = before.path("ManagedPolicyArns");
    JsonNode newArns = after.path("ManagedPolicyArns");
    Differences.without(newArns, oldArns)
        .forEach(arn -> managed(calls, "AttachRolePolicy", name, arn));
    Differences.without(oldArns, newArns)
        .forEach(arn -> managed(calls, "DetachRolePolicy", name, arn));
    TAGGING.changeList(calls, name, "Key", before.path("Tags"), after.path("Tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String name = current.physicalId();
    Differences.without(properties.path("ManagedPolicyArns"), NONE)
        .forEach(arn -> managed(calls, "DetachRolePolicy", name, arn));
    for (JsonNode policy : properties.path("Policies")) {
      remove(calls, name, policy.path("PolicyName").asText());
    }
    calls.callUnlessGone("iam", "DeleteRole", calls.input().put("RoleName", name));
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
