// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS CloudFormation. Operations on stacks answer at once and continue in the background; their
 * progress is in the stack's status and events, and in the journal as {@code
 * cloudformation.StackEvent}.
 *
 * <p>Resources are created one after the other, in dependency order, through the dispatcher, in
 * which their services must be registered. Thread-safe.
 */
public final class CloudFormationService implements AwsService, ResourceProvider {
  private final ResourceTypes types;
  private final List<Operation> operations;
  private final ServiceState state;

  /** A service without stacks. */
  public CloudFormationService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region) {
    this(clock, ids, journal, dispatcher, account, region, ResourceTypes.of(dispatcher::services));
  }

  /** A service without stacks and with these resource types. */
  public CloudFormationService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region,
      ResourceTypes types) {
    this.types = types;
    var calls = new ServiceCalls(clock, ids, dispatcher, account, region);
    var store = new StackStore();
    var stackJournal = new StackJournal(clock, ids, journal);
    var work = new StackWork(store, stackJournal, types, calls, ids);
    var reader = new PlanReader(new TemplateSource(calls), types);
    var stacks = new StackOperations(clock, ids, work, reader, types);
    var changeSets = new ChangeSetOperations(stacks, ids, work, reader, types);
    var queries = new StackQueries(clock, store);
    var templates = new TemplateOperations(store, reader);
    this.state = new StacksState(store, changeSets, stackJournal);
    this.operations =
        Stream.of(
                stacks.operations(),
                changeSets.operations(),
                queries.operations(),
                templates.operations(changeSets))
            .flatMap(List::stream)
            .toList();
  }

  @Override
  public String signingName() {
    return "cloudformation";
  }

  @Override
  public String title() {
    return "AWS CloudFormation";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.Query("2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/");
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new StackResourceType());
  }
}
