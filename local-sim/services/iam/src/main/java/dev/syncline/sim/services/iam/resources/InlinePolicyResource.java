// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import java.util.List;

/** An inline policy of one user, of one group or of one role: a type for each of the three. */
public final class InlinePolicyResource extends CrudResource {
  private final HolderPolicies holders;

  private InlinePolicyResource(HolderPolicies holders) {
    super(
        new CrudDeclaration(
                "AWS::IAM::" + holders.kind() + "Policy",
                "iam",
                Struct.of(
                    """
                    PolicyDocument: json
                    PolicyName: text, required, fixed
                    %sName: text, required, fixed
                    """
                        .formatted(holders.kind())))
            .update(change -> put(holders, change.calls(), change.after())));
    this.holders = holders;
  }

  /** The three types. */
  public static List<InlinePolicyResource> types() {
    return HolderPolicies.ALL.stream().map(InlinePolicyResource::new).toList();
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    put(holders, calls, properties);
    return ResourceState.of(properties.path("PolicyName").asText() + "|" + holder(properties));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    holders.remove(calls, holder(properties), properties.path("PolicyName").asText());
  }

  private static void put(HolderPolicies holders, ServiceCalls calls, ObjectNode properties) {
    holders.put(calls, properties.path(holders.kind() + "Name").asText(), properties);
  }

  private String holder(ObjectNode properties) {
    return properties.path(holders.kind() + "Name").asText();
  }
}
