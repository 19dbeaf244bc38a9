// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.services.stepfunctions.integration.HttpHosts;
import dev.syncline.sim.services.stepfunctions.integration.TaskIntegrations;
import java.util.function.Function;
import java.util.function.Predicate;

/** Creates the room of AWS Step Functions. */
public final class StepFunctionsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "states";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var contracts = context.contracts();
    return service(
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

  /**
   * Creates the service.
   *
   * @param logs the destination of execution logs
   * @param servesHost whether this process answers for a host that an HTTP Task calls
   * @param answer answers such a call on the calling thread
   * @param connections the source of the credentials of HTTP Tasks
   * @param context the account and region in which Task states call other services
   * @param settings the outside hosts that tasks may call, and the mocks
   * @param wire encodes answers as clients receive them
   */
  static StepFunctionsService service(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      LogSink logs,
      Predicate<String> servesHost,
      Function<HttpRequest, HttpResponse> answer,
      ConnectionCredentials.Source connections,
      CallContext context,
      TaskSettings settings,
      WireAnswers wire) {
    var mapRuns = new MapRunIndex();
    var executions = new ExecutionStore(mapRuns::forget);
    var integrations =
        new TaskIntegrations(
            clock,
            ids,
            dispatcher,
            new HttpHosts(clock, servesHost, answer, settings.allowedHosts()),
            connections,
            context,
            executions::whenEnded,
            wire);
    var tasks = new TaskExecutors(integrations, settings.mocks(), clock, ids);
    return StepFunctionsService.of(
        clock, ids, journal, dispatcher, logs, executions, mapRuns, tasks);
  }
}
