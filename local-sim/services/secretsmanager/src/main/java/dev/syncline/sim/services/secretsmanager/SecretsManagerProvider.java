// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;

/** Creates the room of AWS Secrets Manager. */
public final class SecretsManagerProvider implements ServiceProvider {
  @Override
  public String id() {
    return "secretsmanager";
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new SecretsManagerService(
        context.clock(), context.ids(), context.account(), context.region());
  }
}
