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
import dev.syncline.sim.service.contract.QueueMessage;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.sqs.resources.QueuePolicyResource;
import dev.syncline.sim.services.sqs.resources.QueueResource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Amazon SQS. Member names, ranges and errors: the service's published model; behaviour: the SQS
 * developer guide, and recordings of AWS where it is silent. The old query protocol is not spoken.
 *
 * <p>Messages are given in the order of sending, once each unless they become visible again, where
 * AWS promises neither of standard queues. A message goes to its dead-letter queue when a receive
 * comes upon it. Policies and encryption keys are kept and shown, and change nothing.
 *
 * <p>Thread-safe.
 */
public final class SqsService implements AwsService, ResourceProvider, QueueConsumers {
  private final QueueStore store;
  private final MoveTasks moveTasks;
  private final List<Operation> operations;

  /**
   * The service without queues.
   *
   * @param account 12 digits
   * @param endpoint where queue URLs lead that are asked for from inside
   * @param outsideKeepsRealTime whether those who receive over the port are real processes: then
   *     nothing is skipped past the end of a message's invisibility while they have it, and their
   *     long polls last as long as they say. Otherwise both are limits like any other
   */
  public SqsService(
      SimClock clock,
      Ids ids,
      Journal journal,
      String account,
      String region,
      Supplier<URI> endpoint,
      boolean outsideKeepsRealTime) {
    this.store = new QueueStore(clock, ids, new SqsJournal(journal), account, region, endpoint);
    var all = new ArrayList<Operation>();
    all.addAll(new QueueOperations(store).operations());
    all.addAll(new PermissionOperations(store).operations());
    all.addAll(new SendOperations(clock, ids, store).operations());
    all.addAll(new ReceiveOperations(clock, store, outsideKeepsRealTime).operations());
    this.moveTasks = new MoveTasks(clock, ids, store);
    all.addAll(moveTasks.operations());
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
    return AwsException.badRequest(
        "RequestThrottled", "The request was denied due to request throttling.");
  }

  @Override
  public ServiceState state() {
    return new SqsState(store, moveTasks);
  }

  @Override
  public Optional<Settings> settings(String queueArn) {
    return Optional.ofNullable(store.byArn(queueArn))
        .map(Queue::attributes)
        .map(attributes -> new Settings(attributes.fifo(), attributes.visibility()));
  }

  @Override
  public Pending receive(String queueArn, int most) {
    Queue queue = queue(queueArn);
    var receive = new Receive(most, null, false);
    queue.receive(receive, null);
    return new Pending() {
      @Override
      public CompletableFuture<List<QueueMessage>> messages() {
        return receive.result.thenApply(List::copyOf);
      }

      @Override
      public void stop() {
        queue.stop(receive);
      }
    };
  }

  @Override
  public void delete(String queueArn, QueueMessage message) {
    Queue queue = store.byArn(queueArn);
    if (queue != null) {
      queue.delete(message.receipt());
    }
  }

  @Override
  public void release(String queueArn, QueueMessage message) {
    Queue queue = store.byArn(queueArn);
    if (queue != null) {
      try {
        queue.changeVisibility(message.receipt(), Duration.ZERO);
      } catch (AwsException goneMeanwhile) {
        // Deleted or received by another: there is nothing to release.
      }
    }
  }

  private Queue queue(String arn) {
    Queue queue = store.byArn(arn);
    if (queue == null) {
      throw SqsErrors.noSuchQueue();
    }
    return queue;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new QueuePolicyResource(), new QueueResource());
  }
}
