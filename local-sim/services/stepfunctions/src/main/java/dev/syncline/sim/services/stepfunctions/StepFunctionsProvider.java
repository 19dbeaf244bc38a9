// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.settings.TaskSettings;

/** Creates the room of AWS Step Functions. */
public final class StepFunctionsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "states";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var contracts = context.contracts();
    return new StepFunctionsService(
        context.clock(),
        context.ids(),
        context.journal(),
        context.dispatcher(),
        (group, stream, time, message) ->
            contracts.get(LogSink.class).append(group, stream, time, message),
        host -> contracts.get(LocalHttp.class).serves(host),
        request -> contracts.get(LocalHttp.class).send(request),
        connectionArn -> contracts.get(ConnectionCredentials.Source.class).of(connectionArn),
        context.internalCall(),
        context.settings().get(TaskSettings.class, TaskSettings.DEFAULT),
        (service, operation, output, requestId) ->
            contracts.get(WireAnswers.class).encode(service, operation, output, requestId));
  }
}
