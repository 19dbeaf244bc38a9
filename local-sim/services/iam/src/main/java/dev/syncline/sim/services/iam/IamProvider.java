// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.contract.UserKeys;

/** Creates the room of AWS IAM. */
public final class IamProvider implements ServiceProvider {
  @Override
  public String id() {
    return "iam";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service = new IamService(context);
    context.contracts().provide(AssumableRoles.class, service.roles());
    context.contracts().provide(UserKeys.class, service.userKeys());
    context.contracts().provide(RolePermissions.class, service.permissions());
    context.contracts().provide(Permissions.class, service.permissions());
    context.contracts().provide(PermissionReport.class, service.report());
    return service;
  }
}
