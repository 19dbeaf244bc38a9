// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import java.util.List;

/**
 * AWS CloudFormation. Operations on stacks answer at once and continue in the background; their
 * progress is in the stack's status and events, and in the journal as {@code
 * cloudformation.StackEvent}.
 *
 * <p>Resources are created one after the other, in dependency order, through the dispatcher, in
 * which their services must be registered. Thread-safe.
 */
public final class CloudFormationService extends RoomService implements ResourceProvider {
  /** A service without stacks and with these resource types, which refuses as AWS does. */
  public CloudFormationService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region,
      ResourceTypes types) {
    this(clock, ids, journal, dispatcher, account, region, types, Tolerances.NONE);
  }

  /** The same with tolerances. */
  CloudFormationService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region,
      ResourceTypes types,
      Tolerances tolerances) {
    super(
        "cloudformation",
        "AWS CloudFormation",
        new Protocol.Query("2010-05-15", "http://cloudformation.amazonaws.com/doc/2010-05-15/"),
        parts(
            clock,
            ids,
            journal,
            new ServiceCalls(clock, ids, dispatcher, account, region),
            types,
            new ToleranceReports(tolerances, journal)));
  }

  private static ServiceParts parts(
      SimClock clock,
      Ids ids,
      Journal journal,
      ServiceCalls calls,
      ResourceTypes types,
      ToleranceReports reports) {
    var store = new StackStore();
    var stackJournal = new StackJournal(clock, ids, journal);
    var work = new StackWork(store, stackJournal, types, calls, ids, reports);
    var reader = new PlanReader(new TemplateSource(calls), types);
    var stacks = new StackOperations(clock, ids, work, reader, types);
    var changeSets = new ChangeSetOperations(stacks, ids, work, reader, types);
    return ServiceParts.of(
            new StacksState(store, changeSets, stackJournal),
            stacks.operations(),
            changeSets.operations(),
            new StackQueries(clock, store).operations(),
            new TemplateOperations(store, reader).operations(changeSets))
        .with(new CloudFormationAccess(store));
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new StackResourceType());
  }
}
