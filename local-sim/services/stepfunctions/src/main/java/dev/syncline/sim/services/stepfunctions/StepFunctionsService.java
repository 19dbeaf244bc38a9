// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.stepfunctions.resources.ActivityResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineAliasResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineVersionResource;
import java.util.List;

/**
 * AWS Step Functions, Standard and Express workflows. Behaviour: answers recorded from AWS, then
 * the API reference. Thread-safe.
 */
public final class StepFunctionsService extends RoomService implements ResourceProvider {
  private StepFunctionsService(ServiceParts parts) {
    super("states", "AWS Step Functions", new Protocol.AwsJson("AWSStepFunctions", "1.0"), parts);
  }

  /** The service without state machines and activities. */
  static StepFunctionsService of(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
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
    var queries = new ExecutionQueries(clock, machines, executions, mapRuns);
    var all =
        ServiceParts.of(
            new StepFunctionsState(machines, activities, executions, services),
            new StateMachineOperations(
                    clock,
                    ids,
                    machines,
                    new DefinitionCheck(tasks),
                    deletion,
                    new MachineRole(dispatcher))
                .operations(),
            new VersionOperations(clock, machines).operations(),
            new AliasOperations(clock, machines).operations(),
            new TagOperations(machines, activities).operations(),
            new ExecutionStarts(ids, machines, executions, deletion, services).operations(),
            queries.operations(),
            List.of(new RedriveOperation(clock, queries, executions).operation()),
            new MapRunOperations(mapRuns, queries).operations(),
            new ActivityOperations(clock, activities, tokens).operations(),
            new TaskTokenOperations(tokens).operations(),
            List.of(new StateTestOperation(ids, services).operation()));
    return new StepFunctionsService(
        new ServiceParts(
                all.operations().stream().map(InputConstraints::checked).toList(), all.state())
            .with(new StatesAccess(machines, activities)));
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
