// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.Operation;
import java.util.List;
import java.util.stream.Stream;

/** The operations of every noun. */
final class IamOperations {
  private IamOperations() {}

  static List<Operation> all(RecordFactory factory, IamStore store) {
    var calling = new CallingUser(factory.account(), store);
    var policies = new PolicyOperations(factory, store);
    return Stream.of(
            new RoleOperations(factory, store).operations(),
            new ServiceRoleOperations(factory, store).operations(),
            HolderPolicyOperations.all(store),
            policies.operations(),
            new PolicyVersionOperations(factory, store).operations(),
            new BoundaryOperations(store).operations(),
            new UserOperations(factory, store, calling).operations(),
            new AccessKeyOperations(factory, store, calling).operations(),
            new GroupOperations(factory, store).operations(),
            new InstanceProfileOperations(factory, store).operations(),
            new OidcProviderOperations(factory, store).operations(),
            new IamAccountOperations(store).operations(),
            new SimulationOperations(factory.account(), new IamPolicies(store)).operations(),
            new AccountDetails(store, policies).operations())
        .flatMap(List::stream)
        .toList();
  }
}
