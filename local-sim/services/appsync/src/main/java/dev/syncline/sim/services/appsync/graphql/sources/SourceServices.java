// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.RoleSessions;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.settings.AllowedHost;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.datasource.AppSyncPrincipal;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What data sources need of the simulator. Thread-safe.
 *
 * @param functions calls functions, and waits as long as a request may take
 * @param context makes the context of one call
 * @param http answers requests to the hosts that this process serves
 * @param allowed the outside hosts that HTTP data sources may call
 * @param roles the policies of the roles of data sources
 * @param sessions the credentials of these roles
 */
public record SourceServices(
    SimClock clock,
    FunctionCall functions,
    Dispatcher dispatcher,
    Supplier<CallContext> context,
    Supplier<LocalHttp> http,
    List<AllowedHost> allowed,
    Supplier<RolePermissions> roles,
    RoleSessions sessions) {
  /** The maximum time of a request, which limits each call of a function. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(30);

  /**
   * The context of one call for a data source.
   *
   * @throws SourceFailure when permissions are enforced and AppSync may not assume the role
   */
  CallContext context(DataSource source) throws SourceFailure {
    CallContext own = context.get();
    if (!AppSyncPrincipal.mayAssume(dispatcher, source, own)) {
      throw SourceFailure.of(
          "UnauthorizedException", "Unable to assume role " + source.role() + ".");
    }
    return own.as(source.caller(own.account()));
  }

  /** Makes the sessions of the roles of data sources. */
  public static RoleSessions sessions(SimClock clock, Dispatcher dispatcher) {
    return new RoleSessions(clock, dispatcher, AppSyncPrincipal.NAME, AppSyncPrincipal.SESSION);
  }

  /** The services of a room. */
  public static SourceServices of(ServiceContext context) {
    return new SourceServices(
        context.clock(),
        new FunctionCall(
            context.clock(),
            context.ids(),
            context.dispatcher(),
            context.account(),
            context.region(),
            REQUEST_TIME),
        context.dispatcher(),
        context::internalCall,
        context.contracts().later(LocalHttp.class),
        context.settings().get(TaskSettings.class, TaskSettings.DEFAULT).allowedHosts(),
        context.contracts().later(RolePermissions.class),
        sessions(context.clock(), context.dispatcher()));
  }
}
