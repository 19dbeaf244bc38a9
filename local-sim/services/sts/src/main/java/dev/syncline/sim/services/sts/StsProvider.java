// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.FunctionCredentials;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.service.contract.UserKeys;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.service.settings.IdentitySettings;

/** Creates the room of AWS STS. */
public final class StsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "sts";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var keys =
        new AccessKeyStore(context.account(), () -> context.contracts().find(UserKeys.class));
    context
        .settings()
        .get(IdentitySettings.class, IdentitySettings.DEFAULT)
        .accessKeys()
        .forEach(keys::addUserKey);
    context.contracts().provide(AccessKeys.class, keys);
    context.contracts().provide(FunctionCredentials.class, keys::ofFunctions);
    var service =
        new StsService(
            context.clock(),
            context.ids(),
            keys,
            context.account(),
            context.contracts(),
            context.settings().get(IamSettings.class, IamSettings.DEFAULT).mode());
    context.contracts().provide(SessionIssuer.class, service.issuer());
    return service;
  }
}
