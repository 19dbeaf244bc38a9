// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.settings.TaskSettings;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.stepfunctions.integration.HttpHosts;
import dev.syncline.sim.services.stepfunctions.integration.TaskIntegrations;
import dev.syncline.sim.services.stepfunctions.resources.ActivityResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineAliasResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineVersionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * AWS Step Functions, Standard and Express workflows. Behaviour: answers recorded from AWS, then
 * the API reference. Thread-safe.
 */
public final class StepFunctionsService implements AwsService, ResourceProvider {
  private final List<Operation> operations = new ArrayList<>();
  private final ServiceState state;

  /**
   * The service.
   *
   * @param logs where executions are logged, as their state machines ask
   * @param servesHost whether this process answers for a host that an HTTP Task calls
   * @param answer answers such a call on the calling thread
   * @param connections where HTTP Tasks get their credentials
   * @param context the account and region that Task states call other services for
   * @param settings what tasks may call outside, and what is mocked
   * @param wire shows answers as clients get them
   */
  public StepFunctionsService(
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
    var machines = new StateMachineStore();
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
    var activities = new ActivityStore();
    var tokens = new TaskTokenRegistry();
    var services =
        new ExecutionServices(
            clock, journal, tasks, tokens, activities, mapRuns, new ExecutionLogs(logs));
    var deletion = new MachineDeletion(machines, executions);
    this.state = new StepFunctionsState(machines, activities, executions, services);
    operations.addAll(
        new StateMachineOperations(clock, ids, machines, new DefinitionCheck(tasks), deletion)
            .operations());
    operations.addAll(new VersionOperations(clock, machines).operations());
    operations.addAll(new AliasOperations(clock, machines).operations());
    operations.addAll(new TagOperations(machines, activities).operations());
    operations.addAll(
        new ExecutionStarts(ids, machines, executions, deletion, services).operations());
    var queries = new ExecutionQueries(clock, machines, executions, mapRuns);
    operations.addAll(queries.operations());
    operations.add(new RedriveOperation(clock, queries, executions).operation());
    operations.addAll(new MapRunOperations(mapRuns, queries).operations());
    operations.addAll(new ActivityOperations(clock, activities, tokens).operations());
    operations.addAll(new TaskTokenOperations(tokens).operations());
    operations.add(new StateTestOperation(ids, services).operation());
  }

  @Override
  public String signingName() {
    return "states";
  }

  @Override
  public String title() {
    return "AWS Step Functions";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("AWSStepFunctions", "1.0");
  }

  @Override
  public List<Operation> operations() {
    return operations.stream().map(InputConstraints::checked).toList();
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new ActivityResource(),
        new StateMachineAliasResource(),
        new StateMachineResource(),
        new StateMachineVersionResource());
  }
}
