// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import dev.syncline.sim.service.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** The resource types of IAM. */
public final class IamResources {
  private IamResources() {}

  /** Every type. */
  public static List<ResourceType> types() {
    var types = new ArrayList<ResourceType>(InlinePolicyResource.types());
    types.addAll(
        List.of(
            new AccessKeyResource(),
            new GroupResource(),
            new InstanceProfileResource(),
            new ManagedPolicyResource(),
            new OidcProviderResource(),
            new PolicyResource(),
            new RoleResource(),
            new ServiceLinkedRoleResource(),
            new UserResource(),
            new UserToGroupAdditionResource()));
    return types;
  }
}
