// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.contract.UserKeys;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.iam.resources.IamResources;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** AWS IAM. See the package for what is simulated. Thread-safe. */
public final class IamService extends RoomService implements ResourceProvider {
  private final StoredRoles roles;
  private final UserKeyring userKeys;
  private final Permissions permissions;
  private final PermissionReport report;

  /** The service of one account, which refuses as AWS does and evaluates no permission. */
  public IamService(SimClock clock, Ids ids, String account) {
    this(
        clock,
        ids,
        account,
        new IamStore(Tolerances.NONE),
        Permissions.OFF,
        new UsageReport(false));
  }

  /** The service of a simulator. */
  IamService(ServiceContext context) {
    this(context, new IamStore(Tolerances.of(context, "iam")));
  }

  private IamService(ServiceContext context, IamStore store) {
    this(context, store, DecisionPoint.of(context, store));
  }

  private IamService(ServiceContext context, IamStore store, DecisionPoint decisions) {
    this(context.clock(), context.ids(), context.account(), store, decisions, decisions.report());
  }

  private IamService(
      SimClock clock,
      Ids ids,
      String account,
      IamStore store,
      Permissions permissions,
      PermissionReport report) {
    super(
        "iam",
        "AWS IAM",
        new Protocol.Query(
            "2010-05-08",
            "https://iam.amazonaws.com/doc/2010-05-08/",
            Optional.empty(),
            Set.of("SummaryMap", "EvalDecisionDetails")),
        new ServiceParts(
            IamOperations.all(new RecordFactory(clock, ids, account), store),
            new IamState(store),
            Optional.of(
                IamAccess.of(
                    store::arnOf,
                    key -> new UserKeyring(store).owner(key).map(user -> user.identity.arn()),
                    store::boundaryOf))));
    this.roles = new StoredRoles(store, new RolePolicies(store, new CompiledPolicies()));
    this.userKeys = new UserKeyring(store);
    this.permissions = permissions;
    this.report = report;
  }

  /** What STS asks about roles. */
  public AssumableRoles roles() {
    return roles;
  }

  /** The access keys of users. */
  UserKeys userKeys() {
    return userKeys;
  }

  /** The decision point. */
  Permissions permissions() {
    return permissions;
  }

  /** What principals used. */
  PermissionReport report() {
    return report;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return IamResources.types();
  }
}
