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
          Groups: list of text
          ManagedPolicyName: text, fixed, as PolicyName
          Path: text, fixed
          PolicyDocument: json, required
          Roles: list of text
          Users: list of text
          """);
  private static final ObjectNode NONE_BEFORE = JsonNodeFactory.instance.objectNode();

  /** The declaration of the type. */
  public ManagedPolicyResource() {
    super(
        new CrudDeclaration("AWS::IAM::ManagedPolicy", "iam", PROPERTIES)
            .nameProperty("ManagedPolicyName")
            .create("CreatePolicy", "Groups", "Roles", "Users")
            .named("PolicyName", 128)
            .created(ManagedPolicyResource::state)
            .addressedBy("PolicyArn")
            .update(ManagedPolicyResource::changeDocument)
            .update(ManagedPolicyResource::changeHolders)
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
        () -> attach(calls, properties, NONE_BEFORE, created.physicalId()),
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

  private static void changeHolders(Change change) {
    String arn = change.current().physicalId();
    attach(change.calls(), change.after(), change.before(), arn);
    detach(change.calls(), change.before(), change.after(), arn);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    detach(calls, properties, NONE_BEFORE, current.physicalId());
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

  /** Attaches the policy to the holders that {@code before} does not have. */
  private static void attach(
      ServiceCalls calls, ObjectNode properties, ObjectNode before, String arn) {
    for (HolderPolicies holders : HolderPolicies.ALL) {
      String list = holders.list();
      Differences.without(properties.path(list), before.path(list))
          .forEach(name -> holders.attach(calls, name, arn));
    }
  }

  /** Detaches the policy from the holders that {@code after} does not have. */
  private static void detach(
      ServiceCalls calls, ObjectNode properties, ObjectNode after, String arn) {
    for (HolderPolicies holders : HolderPolicies.ALL) {
      String list = holders.list();
      Differences.without(properties.path(list), after.path(list))
          .forEach(name -> holders.detach(calls, name, arn));
    }
  }
}
