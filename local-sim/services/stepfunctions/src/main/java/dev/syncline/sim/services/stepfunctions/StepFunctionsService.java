// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.stepfunctions.resources.ActivityResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineAliasResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineVersionResource;
import java.util.ArrayList;
import java.util.List;

/**
 * AWS Step Functions, Standard and Express workflows. Behaviour: answers recorded from AWS, then
 * the API reference. Thread-safe.
 */
public final class StepFunctionsService implements AwsService, ResourceProvider {
  private final List<Operation> operations = new ArrayList<>();
  private final ServiceState state;

  StepFunctionsService(
      SimClock clock,
      Ids ids,
      Journal journal,
      LogSink logs,
      ExecutionStore executions,
      MapRunIndex mapRuns,
      TaskExecutors tasks) {
    var machines = new StateMachineStore();
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
