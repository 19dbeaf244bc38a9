// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.iam.resources.ManagedPolicyResource;
import dev.syncline.sim.services.iam.resources.PolicyResource;
import dev.syncline.sim.services.iam.resources.RoleResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** AWS IAM. See the package for what is simulated. Thread-safe. */
public final class IamService implements AwsService, ResourceProvider {
  private final IamStore store = new IamStore();
  private final RoleOperations roles;
  private final RolePolicyOperations rolePolicies;
  private final PolicyOperations policies;
  private final PolicyVersionOperations versions;
  private final UserOperations users;

  /** The service of one account. */
  public IamService(SimClock clock, Ids ids, String account) {
    this.roles = new RoleOperations(clock, ids, account, store);
    this.rolePolicies = new RolePolicyOperations(store);
    this.policies = new PolicyOperations(clock, ids, account, store);
    this.versions = new PolicyVersionOperations(clock, store);
    this.users = new UserOperations(account);
  }

  /** The unique id of a role, which sessions carry; empty when there is no such role. */
  public Optional<String> roleId(String roleArn) {
    return store.roleId(roleArn);
  }

  @Override
  public String signingName() {
    return "iam";
  }

  @Override
  public String title() {
    return "AWS IAM";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.Query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(
            roles.operations(),
            rolePolicies.operations(),
            policies.operations(),
            versions.operations(),
            users.operations())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public ServiceState state() {
    return new IamState(store);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new ManagedPolicyResource(), new PolicyResource(), new RoleResource());
  }
}
