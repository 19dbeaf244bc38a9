// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiCalls;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiEndpoint;
import dev.syncline.sim.services.apigatewayv2.data.HttpIntegrations;

/** Creates the room of Amazon API Gateway's HTTP APIs. */
public final class ApiGatewayV2Provider implements ServiceProvider {
  static final String ID = "apigatewayv2";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public AwsService create(ServiceContext context) {
    var contracts = context.contracts();
    var store = new HttpApiStore(context.clock(), context.ids());
    var calls =
        new HttpApiCalls(
            context.clock(),
            context.ids(),
            context.dispatcher(),
            (function, caller, sourceArn, sourceAccount) ->
                contracts
                    .get(InvokePermissions.class)
                    .mayInvoke(function, caller, sourceArn, sourceAccount));
    var endpoint =
        new HttpApiEndpoint(
            context.ids(),
            context.journal(),
            store::served,
            new HttpIntegrations(
                calls,
                contracts.later(LocalHttp.class),
                context.settings().get(TaskSettings.class, TaskSettings.DEFAULT).allowedHosts()),
            contracts.later(TokenChecks.class),
            (group, stream, time, message) ->
                contracts.get(LogSink.class).append(group, stream, time, message),
            context.account(),
            context.region());
    return new ApiGatewayV2Service(context.clock(), context.ids(), store, endpoint);
  }
}
