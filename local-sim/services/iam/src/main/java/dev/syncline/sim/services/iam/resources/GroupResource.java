// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import java.util.Set;

/** A group with its policies. */
public final class GroupResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          GroupName: text, fixed
          ManagedPolicyArns: list of text
          Path: text, fixed
          Policies: list of structure
            PolicyName: text, required
            PolicyDocument: json, required
          """);

  /** The declaration of the type. */
  public GroupResource() {
    super(
        new CrudDeclaration("AWS::IAM::Group", "iam", PROPERTIES)
            .nameProperty("GroupName")
            .create("CreateGroup", "ManagedPolicyArns", "Policies")
            .named("GroupName", 128)
            .created(
                call ->
                    ResourceState.of(call.given("GroupName"), "Arn", call.answered("/Group/Arn")))
            .addressedBy("GroupName")
            .update(HolderPolicies.OF_GROUPS::change)
            .delete("DeleteGroup"));
  }

  @Override
  public Set<String> customIamNames() {
    return Set.of("GroupName");
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    ServiceCalls.finish(
        () -> HolderPolicies.OF_GROUPS.create(calls, created.physicalId(), properties),
        () -> delete(calls, created, properties));
    return created;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    HolderPolicies.OF_GROUPS.delete(calls, current.physicalId(), properties);
    super.delete(calls, current, properties);
  }
}
