// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.FunctionSettings;
import dev.syncline.sim.service.settings.SqsSettings;

/** Creates the room of Amazon SQS. */
public final class SqsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "sqs";
  }

  @Override
  public AwsService create(ServiceContext context) {
    FunctionSettings functions =
        context.settings().get(FunctionSettings.class, FunctionSettings.DEFAULT);
    var service =
        new SqsService(
            context.clock(),
            context.ids(),
            context.journal(),
            context.account(),
            context.region(),
            context.endpoint(),
            functions.executor() == FunctionExecutor.PROCESS,
            context.settings().get(SqsSettings.class, SqsSettings.DEFAULT));
    context.contracts().provide(QueueConsumers.class, service.consumers());
    return service;
  }
}
