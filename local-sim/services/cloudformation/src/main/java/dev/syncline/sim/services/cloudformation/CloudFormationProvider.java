// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Tolerances;

/** Creates the room of AWS CloudFormation. */
public final class CloudFormationProvider implements ServiceProvider {
  @Override
  public String id() {
    return "cloudformation";
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new CloudFormationService(
        context.clock(),
        context.ids(),
        context.journal(),
        context.dispatcher(),
        context.account(),
        context.region(),
        ResourceTypes.of(context.dispatcher()::services),
        Tolerances.of(context, id()));
  }
}
