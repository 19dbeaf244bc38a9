// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.RoleIds;
import dev.syncline.sim.service.contract.RolePermissions;

/** Creates the room of AWS IAM. */
public final class IamProvider implements ServiceProvider {
  @Override
  public String id() {
    return "iam";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service =
        new IamService(
            context.clock(), context.ids(), context.account(), Tolerances.of(context, id()));
    context.contracts().provide(RoleIds.class, service::roleId);
    context.contracts().provide(RolePermissions.class, service.rolePermissions());
    return service;
  }
}
