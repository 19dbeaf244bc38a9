// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerLimits;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.LaterLogSink;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.service.settings.EventSettings;
import dev.syncline.sim.service.settings.IdentitySettings;
import dev.syncline.sim.service.settings.SignatureCheck;
import dev.syncline.sim.services.appsync.auth.EventsVerifier;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.auth.GraphqlVerifier;
import dev.syncline.sim.services.appsync.auth.IssuedTokenChecks;
import dev.syncline.sim.services.appsync.auth.PermittedEvents;
import dev.syncline.sim.services.appsync.auth.TokenEndpoint;
import dev.syncline.sim.services.appsync.auth.TokenIssuer;
import dev.syncline.sim.services.appsync.datasource.LocalDataSources;
import dev.syncline.sim.services.appsync.graphql.data.GraphqlOutside;
import java.time.Duration;
import java.util.List;

/** Creates the room of AWS AppSync. */
public final class AppSyncProvider implements ServiceProvider {
  @Override
  public String id() {
    return "appsync";
  }

  @Override
  public void check(Settings settings) {
    limits(settings);
  }

  @Override
  public AwsService create(ServiceContext context) {
    var contracts = context.contracts();
    EventsLimits limits = limits(context.settings());
    var issuer =
        new TokenIssuer(context.clock(), context.ids(), () -> contracts.find(UserPoolTokens.class));
    contracts.provide(TokenIssuer.class, issuer);
    contracts.provide(TokenChecks.class, new IssuedTokenChecks(context.clock(), issuer));
    var engine = new HandlerEngine(context.clock(), context.ids(), HandlerLimits.DEFAULT);
    SignatureCheck signatures =
        context.settings().get(IdentitySettings.class, IdentitySettings.DEFAULT).signatures();
    var components =
        new AppSyncComponents(
            context.clock(),
            context.ids(),
            context.journal(),
            context.faults(),
            context.account(),
            context.region(),
            limits,
            hosts ->
                new PermittedEvents(
                    context,
                    new EventsVerifier(
                        id -> contracts.get(AccessKeys.class).find(id),
                        signatures,
                        issuer,
                        functionCall(context, limits.authorizerTime()),
                        context.ids(),
                        hosts,
                        context.account(),
                        context.region(),
                        limits)),
            engine,
            new LocalDataSources(
                functionCall(context, limits.requestTime()),
                context.dispatcher(),
                context::internalCall,
                url -> contracts.get(LocalHttp.class).serves(url),
                request -> contracts.get(LocalHttp.class).send(request)),
            new LaterLogSink(contracts),
            Tolerances.of(context, id()),
            GraphqlOutside.of(
                context,
                new GraphqlVerifier(
                    context.clock(),
                    id -> contracts.get(AccessKeys.class).find(id),
                    signatures,
                    issuer,
                    functionCall(context, limits.authorizerTime()),
                    context.account(),
                    context.region())));
    return new AppSyncService(components, List.of(new TokenEndpoint(issuer, context.region())));
  }

  private static FunctionCall functionCall(ServiceContext context, Duration limit) {
    return new FunctionCall(
        context.clock(),
        context.ids(),
        context.dispatcher(),
        context.account(),
        context.region(),
        limit);
  }

  private static EventsLimits limits(Settings settings) {
    return EventsLimits.AWS.with(settings.get(EventSettings.class, EventSettings.DEFAULT).limits());
  }
}
