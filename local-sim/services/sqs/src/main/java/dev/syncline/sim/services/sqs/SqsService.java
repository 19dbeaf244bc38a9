// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.services.sqs.resources.QueuePolicyResource;
import dev.syncline.sim.services.sqs.resources.QueueResource;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** Amazon SQS, as the package describes it. Thread-safe. */
public final class SqsService extends RoomService implements ResourceProvider {
  private final QueueConsumers consumers;

  /**
   * The service without queues.
   *
   * @param account 12 digits
   * @param endpoint the base of queue URLs for callers inside the simulator
   * @param outsideKeepsRealTime true when consumers on the port are real processes: then the clock
   *     does not skip past the visibility time-out of a message that they have received, and their
   *     long polls take real time. Otherwise both are limits that the clock may skip
   * @param settings what AWS does not document
   */
  public SqsService(
      SimClock clock,
      Ids ids,
      Journal journal,
      String account,
      String region,
      Supplier<URI> endpoint,
      boolean outsideKeepsRealTime,
      SqsSettings settings) {
    this(
        clock,
        ids,
        new QueueStore(clock, ids, new SqsEvents(journal), account, region, endpoint),
        outsideKeepsRealTime,
        settings);
  }

  private SqsService(
      SimClock clock,
      Ids ids,
      QueueStore queues,
      boolean outsideKeepsRealTime,
      SqsSettings settings) {
    super(
        "sqs",
        "Amazon SQS",
        SqsProtocol.of(settings.jsonNeedsTarget()),
        parts(clock, ids, queues, outsideKeepsRealTime));
    this.consumers = new SqsConsumers(queues);
  }

  private static ServiceParts parts(
      SimClock clock, Ids ids, QueueStore queues, boolean outsideKeepsRealTime) {
    var moveTasks = new MoveTaskStore(clock, ids, queues);
    return ServiceParts.of(
            new SqsState(queues, moveTasks),
            new QueueOperations(queues).operations(),
            new PermissionOperations(queues).operations(),
            new SendOperations(clock, ids, queues).operations(),
            new ReceiveOperations(clock, queues, outsideKeepsRealTime).operations(),
            new MoveTaskOperations(queues, moveTasks).operations())
        .with(new SqsAccess(queues));
  }

  @Override
  public AwsException throttled() {
    return SqsErrors.throttled();
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
