// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.YamlDocuments;
import dev.syncline.sim.services.cloudformation.template.Yaml;

/** Creates the room of AWS CloudFormation. */
public final class CloudFormationProvider implements ServiceProvider {
  @Override
  public String id() {
    return "cloudformation";
  }

  @Override
  public AwsService create(ServiceContext context) {
    context.contracts().provide(YamlDocuments.class, new Yaml());
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
