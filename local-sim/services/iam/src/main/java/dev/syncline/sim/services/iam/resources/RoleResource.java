// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
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
          PermissionsBoundary: text
          Policies: list of structure
            PolicyName: text, required
            PolicyDocument: json, required
          RoleName: text, fixed
          Tags: tags Key Value
          """);
  private static final Tagging TAGGING =
      new Tagging("iam", "TagRole", "UntagRole", "RoleName", "Tags", "TagKeys");

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
            .update(HolderPolicies.OF_ROLES::changeBoundary)
            .update(HolderPolicies.OF_ROLES::change)
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
        () -> HolderPolicies.OF_ROLES.create(calls, name, properties),
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

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    HolderPolicies.OF_ROLES.delete(calls, current.physicalId(), properties);
    super.delete(calls, current, properties);
  }
}
