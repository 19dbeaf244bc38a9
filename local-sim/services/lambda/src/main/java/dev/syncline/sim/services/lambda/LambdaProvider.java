// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.EnvironmentFactory;
import dev.syncline.sim.lambda.inprocess.InProcessEnvironments;
import dev.syncline.sim.lambda.inprocess.InProcessFunctions;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.InterpreterSettings;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import dev.syncline.sim.lambda.process.node.NodeFamily;
import dev.syncline.sim.lambda.process.provided.ProvidedFamily;
import dev.syncline.sim.lambda.process.python.PythonFamily;
import dev.syncline.sim.lambda.process.python.PythonPackages;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.FunctionConnections;
import dev.syncline.sim.service.contract.FunctionCredentials;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.RolePermissions;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.settings.FunctionRules;
import dev.syncline.sim.service.settings.FunctionSettings;
import dev.syncline.sim.service.settings.IdentitySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
                (group, stream, time, message) -> {
                  contracts.get(LogSink.class).append(group, stream, time, message);
                  contracts.get(MetricSink.class).logged(time, message);
                },
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
                    context.settings().get(IdentitySettings.class, IdentitySettings.DEFAULT),
                    contracts.later(AccessKeys.class),
                    contracts.later(RolePermissions.class))));
    contracts.provide(InvokePermissions.class, service.permissions());
    return service;
  }

  private static EnvironmentFactory environments(
      ServiceContext context, FunctionSettings settings) {
    return switch (settings.executor()) {
      case PROCESS -> processes(context);
      case IN_PROCESS -> {
        var functions = new InProcessFunctions();
        context.contracts().provide(InProcessFunctions.class, functions);
        yield new InProcessEnvironments(
            context.clock(), context.journal(), functions, () -> environmentVariables(context));
      }
    };
  }

  private static ProcessEnvironments processes(ServiceContext context) {
    Path work = context.workDirectory().resolve("runtime");
    ProcessOptions options =
        ProcessOptions.defaults(work.resolve("tmp"), () -> environmentVariables(context));
    Interpreters interpreters = Interpreters.ofThisProcess(InterpreterSettings.DEFAULT);
    var scripts = new ClientScripts(work.resolve("clients"));
    return new ProcessEnvironments(
        List.of(
            new JavaFamily(RuntimeInterfaceClient.unpack(work), options),
            new PythonFamily(
                interpreters, scripts, new PythonPackages(interpreters, work.resolve("packages"))),
            new NodeFamily(interpreters, scripts),
            new ProvidedFamily(work.resolve("provided"))),
        options);
  }

  /** The variables that every function gets beneath its own. */
  private static Map<String, String> environmentVariables(ServiceContext context) {
    AccessKeys.AccessKey key = context.contracts().get(FunctionCredentials.class).key();
    return Map.of(
        "AWS_ENDPOINT_URL",
        context.endpoint().get().toString(),
        "AWS_REGION",
        context.region(),
        "AWS_DEFAULT_REGION",
        context.region(),
        "AWS_ACCESS_KEY_ID",
        key.id(),
        "AWS_SECRET_ACCESS_KEY",
        key.secret(),
        "AWS_SESSION_TOKEN",
        Objects.requireNonNullElse(key.sessionToken(), ""));
  }
}
