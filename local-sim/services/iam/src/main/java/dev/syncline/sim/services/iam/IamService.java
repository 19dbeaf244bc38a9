// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.RolePermissions;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.iam.resources.ManagedPolicyResource;
import dev.syncline.sim.services.iam.resources.PolicyResource;
import dev.syncline.sim.services.iam.resources.RoleResource;
import java.util.List;
import java.util.Optional;

/** AWS IAM. See the package for what is simulated. Thread-safe. */
public final class IamService extends RoomService implements ResourceProvider {
  private final IamStore store;

  /** The service of one account, which refuses as AWS does. */
  public IamService(SimClock clock, Ids ids, String account) {
    this(clock, ids, account, Tolerances.NONE);
  }

  /** The service of one account. */
  IamService(SimClock clock, Ids ids, String account, Tolerances tolerances) {
    this(clock, ids, account, new IamStore(tolerances));
  }

  private IamService(SimClock clock, Ids ids, String account, IamStore store) {
    super(
        "iam",
        "AWS IAM",
        new Protocol.Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"),
        ServiceParts.of(
                new IamState(store),
                new RoleOperations(clock, ids, account, store).operations(),
                new RolePolicyOperations(store).operations(),
                new PolicyOperations(clock, ids, account, store).operations(),
                new PolicyVersionOperations(clock, store).operations(),
                new UserOperations(account).operations())
            .with(IamAccess.of(store::arnOf, arn -> Optional.empty())));
    this.store = store;
  }

  /** The unique id of a role, which sessions carry; empty when there is no such role. */
  public Optional<String> roleId(String roleArn) {
    return store.roleId(roleArn);
  }

  /** Evaluates the policies of roles. */
  public RolePermissions rolePermissions() {
    return new RolePolicies(store);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new ManagedPolicyResource(), new PolicyResource(), new RoleResource());
  }
}
