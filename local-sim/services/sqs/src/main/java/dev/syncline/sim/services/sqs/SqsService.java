// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.sqs.resources.QueuePolicyResource;
import dev.syncline.sim.services.sqs.resources.QueueResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Amazon SQS, as the package describes it. Thread-safe. */
public final class SqsService implements AwsService, ResourceProvider {
  private final QueueConsumers consumers;
  private final ServiceState state;
  private final List<Operation> operations;

  /**
   * The service without queues.
   *
   * @param account 12 digits
   * @param endpoint the base of queue URLs for callers inside the simulator
   * @param outsideKeepsRealTime true when consumers on the port are real processes: then the clock
   *     does not skip past the visibility time-out of a message that they have received, and their
   *     long polls take real time. Otherwise both are limits that the clock may skip
   */
  public SqsService(
      SimClock clock,
      Ids ids,
      Journal journal,
      String account,
      String region,
      Supplier<URI> endpoint,
      boolean outsideKeepsRealTime) {
    var queues = new QueueStore(clock, ids, new SqsEvents(journal), account, region, endpoint);
    var moveTasks = new MoveTaskStore(clock, ids, queues);
    var all = new ArrayList<Operation>();
    all.addAll(new QueueOperations(queues).operations());
    all.addAll(new PermissionOperations(queues).operations());
    all.addAll(new SendOperations(clock, ids, queues).operations());
    all.addAll(new ReceiveOperations(clock, queues, outsideKeepsRealTime).operations());
    all.addAll(new MoveTaskOperations(queues, moveTasks).operations());
    this.consumers = new SqsConsumers(queues);
    this.state = new SqsState(queues, moveTasks);
    this.operations = List.copyOf(all);
  }

  @Override
  public String signingName() {
    return "sqs";
  }

  @Override
  public String title() {
    return "Amazon SQS";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("AmazonSQS", "1.0", SqsErrors.QUERY_CODES);
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public AwsException throttled() {
    return SqsErrors.throttled();
  }

  @Override
  public ServiceState state() {
    return state;
  }

  /** The queues for consumers inside the simulator. */
  public QueueConsumers consumers() {
    return consumers;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new QueuePolicyResource(), new QueueResource());
  }
}
