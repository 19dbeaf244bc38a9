// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LaterLogSink;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.YamlDocuments;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.service.settings.TaskSettings;

/** Creates the room of Amazon API Gateway. */
public final class ApiGatewayProvider implements ServiceProvider {
  @Override
  public String id() {
    return "apigateway";
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new ApiGatewayService(
        new ApiGatewayComponents(
            context.clock(),
            context.ids(),
            context.journal(),
            context.dispatcher(),
            (function, caller, sourceArn, sourceAccount) ->
                context
                    .contracts()
                    .get(InvokePermissions.class)
                    .mayInvoke(function, caller, sourceArn, sourceAccount),
            new LaterLogSink(context.contracts()),
            new IntegrationBackends(
                url -> context.contracts().get(LocalHttp.class).serves(url),
                request -> context.contracts().get(LocalHttp.class).send(request),
                context.settings().get(TaskSettings.class, TaskSettings.DEFAULT).allowedHosts()),
            context.contracts().later(TokenChecks.class),
            context.contracts().later(YamlDocuments.class),
            context.contracts().later(AccessKeys.class),
            context.settings().get(IamSettings.class, IamSettings.DEFAULT).unknownKeys(),
            context.account(),
            context.region()));
  }
}
