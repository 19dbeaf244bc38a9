// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.MixedEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.RolePermissions;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.FunctionConnections;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.service.settings.FunctionSettings;
import dev.syncline.sim.service.settings.IdentitySettings;
import java.time.Instant;

/** Creates the room of AWS Lambda. */
public final class LambdaProvider implements ServiceProvider {
  @Override
  public String id() {
    return "lambda";
  }

  @Override
  public AwsService create(ServiceContext context) {
    FunctionSettings settings =
        context.settings().get(FunctionSettings.class, FunctionSettings.DEFAULT);
    var contracts = context.contracts();
    EnvironmentFactory environments = environments(context, settings);
    contracts.provide(FunctionConnections.class, environments::holdsConnection);
    var service =
        new LambdaService(
            new LambdaComponents(
                context.clock(),
                context.ids(),
                context.journal(),
                context.dispatcher(),
                new MeteredLogs(contracts),
                contracts.later(QueueConsumers.class),
                contracts.later(TableStreams.class),
                environments,
                context.account(),
                context.region(),
                context.workDirectory(),
                settings.maxEnvironments(),
                settings.proactive(),
                context.endpoint(),
                new FunctionAccess(
                    context.settings().get(FunctionRules.class, FunctionRules.DEFAULT),
                    Tolerances.of(context, id()),
                    context.settings().get(IdentitySettings.class, IdentitySettings.DEFAULT),
                    contracts.later(AccessKeys.class),
                    contracts.later(RolePermissions.class))));
    contracts.provide(InvokePermissions.class, service.permissions());
    contracts.provide(FunctionNotices.class, service.notices());
    return service;
  }

  /** The log, whose lines may hold metrics. */
  private record MeteredLogs(Contracts contracts) implements LogSink {
    @Override
    public void append(String group, String stream, Instant time, String message) {
      contracts.get(LogSink.class).append(group, stream, time, message);
      contracts.get(MetricSink.class).logged(time, message);
    }

    @Override
    public boolean append(
        CallPrincipal.RoleSession role, String group, String stream, Instant time, String message) {
      boolean written = contracts.get(LogSink.class).append(role, group, stream, time, message);
      if (written) {
        contracts.get(MetricSink.class).logged(time, message);
      }
      return written;
    }
  }

  private static EnvironmentFactory environments(
      ServiceContext context, FunctionSettings settings) {
    return new RoleEnvironments(context, hosts(context, settings));
  }

  private static EnvironmentFactory hosts(ServiceContext context, FunctionSettings settings) {
    return switch (settings.executor()) {
      case PROCESS -> new HostProcesses(context).environments();
      case IN_PROCESS -> {
        var functions = new InProcessFunctions();
        context.contracts().provide(InProcessFunctions.class, functions);
        var processes = new HostProcesses(context);
        // Only Java runs in this process.
        yield new MixedEnvironments(
            new InProcessEnvironments(
                context.clock(), context.journal(), functions, processes::variables),
            processes.ofOtherLanguages());
      }
    };
  }
}
