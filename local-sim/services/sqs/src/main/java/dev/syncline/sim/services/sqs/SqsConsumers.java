// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.QueueMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The queues for consumers inside the simulator. Thread-safe. */
record SqsConsumers(QueueStore store) implements QueueConsumers {
  @Override
  public Optional<Settings> settings(String queueArn) {
    return Optional.ofNullable(store.byArn(queueArn))
        .map(Queue::attributes)
        .map(attributes -> new Settings(attributes.fifo(), attributes.visibility()));
  }

  @Override
  public Pending receive(String queueArn, int max) {
    Queue queue = queue(queueArn);
    var receive = new Receive(max, null, false);
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
}
