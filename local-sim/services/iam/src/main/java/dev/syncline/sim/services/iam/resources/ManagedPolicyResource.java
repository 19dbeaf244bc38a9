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
import java.util.Set;

public final class ManagedPolicyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Description: text, fixed
          ManagedPolicyName: text, fixed, as PolicyName
          Path: text, fixed
          PolicyDocument: json, required
          Roles: list of text
          """);
  private static final JsonNode NONE = JsonNodeFactory.instance.arrayNode();

  /** The declaration of the type. */
  public ManagedPolicyResource() {
    super(
        new CrudDeclaration("AWS::IAM::ManagedPolicy", "iam", PROPERTIES)
            .nameProperty("ManagedPolicyName")
            .create("CreatePolicy", "Roles")
            .named("PolicyName", 128)
            .created(ManagedPolicyResource::state)
            .addressedBy("PolicyArn")
            .update(ManagedPolicyResource::changeDocument)
            .update(ManagedPolicyResource::changeRoles)
            .delete("DeletePolicy"));
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("ManagedPolicyName");
  }

  private static ResourceState state(Created call) {
    String arn = call.answered("/Policy/Arn");
    return ResourceState.of(arn, "PolicyArn", arn, "PolicyId", call.answered("/Policy/PolicyId"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    ServiceCalls.finish(
        () ->
            Differences.without(properties.path("Roles"), NONE)
                .forEach(role -> attach(calls, role, created.physicalId())),
        () -> delete(calls, created, properties));
    return created;
  }

  private static void changeDocument(Change change) {
    if (change.of("PolicyDocument")) {
      ObjectNode input = change.target().put("SetAsDefault", true);
      input.set("PolicyDocument", change.after().get("PolicyDocument"));
      change.calls().call("iam", "CreatePolicyVersion", input);
      // A policy keeps five versions at most, so only the one in use stays.
      deleteOldVersions(change.calls(), change.current().physicalId());
    }
  }

  private static void changeRoles(Change change) {
    ServiceCalls calls = change.calls();
    String arn = change.current().physicalId();
    JsonNode old = change.before().path("Roles");
    JsonNode wanted = change.after().path("Roles");
    Differences.without(wanted, old).forEach(role -> attach(calls, role, arn));
    Differences.without(old, wanted).forEach(role -> detach(calls, role, arn));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    Differences.without(properties.path("Roles"), NONE)
        .forEach(role -> detach(calls, role, current.physicalId()));
    super.delete(calls, current, properties);
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
