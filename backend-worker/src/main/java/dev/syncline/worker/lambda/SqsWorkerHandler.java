// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.syncline.work.Randomness;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.process.WorkerComponents;
import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.JobMessageHandler;
import dev.syncline.worker.queue.JobQueue;
import dev.syncline.worker.queue.SqsJobQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The worker as a Lambda function on an SQS queue. One invocation is a batch of messages, each with
 * one job. The response lists those that failed ({@code batchItemFailures}), so that only they are
 * redelivered. Needs {@code FunctionResponseTypes: [ReportBatchItemFailures]} on the mapping, and
 * {@code sqs:GetQueueUrl} and {@code sqs:SendMessage} on the queue, on a FIFO queue {@code
 * sqs:ChangeMessageVisibility} in place of the latter, in addition to a mapping's permissions.
 *
 * <p>A delayed job waits in the queue, not in the function. Messages of a standard queue are
 * handled concurrently. Those of a FIFO queue are handled in order; after the first one that is not
 * done the rest is put back, so that the order is kept.
 *
 * <p>Thread-safe.
 */
public final class SqsWorkerHandler implements RequestStreamHandler, AutoCloseable {
  /** The part of the function's time that is reserved for the response. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final WorkerComponents parts;
  private final MessageBatch batch;
  private final Map<String, JobQueue> queues = new ConcurrentHashMap<>();
  private @Nullable SqsClient made;

  /**
   * The constructor that Lambda calls: the process's environment and real time.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public SqsWorkerHandler() {
    this(System.getenv(), Clock.systemUTC(), Sleeper.real());
  }

  /**
   * Uses the process's environment, and waits on the given scheduler, whose time may be virtual.
   */
  public SqsWorkerHandler(Clock clock, ScheduledExecutorService scheduler) {
    this(System.getenv(), clock, scheduler);
  }

  /** Uses the given environment, and waits on the given scheduler. */
  public SqsWorkerHandler(
      Map<String, String> environment, Clock clock, ScheduledExecutorService scheduler) {
    this(environment, clock, Sleeper.on(scheduler));
  }

  private SqsWorkerHandler(Map<String, String> environment, Clock clock, Sleeper sleeper) {
    this.parts =
        new WorkerComponents(
            environment, clock, sleeper, Randomness.real(), WorkerLog.to(System.out, clock));
    JobMessageHandler jobs = parts.queueJobs();
    this.batch = new MessageBatch(jobs, sleeper);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    SqsBatchEvent event = SqsBatchEvent.read(input);
    if (event.messages().isEmpty()) {
      BatchResponse.write(output, List.of());
      return;
    }
    JobQueue queue = queues.computeIfAbsent(event.queueArn(), this::queue);
    Duration time = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
    List<JobMessage> failed;
    try {
      failed = batch.handle(queue, event.messages(), time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed = event.messages();
    }
    if (!failed.isEmpty()) {
      parts
          .log()
          .warn(
              "batch not done",
              Map.of("messages", event.messages().size(), "failed", failed.size()));
    }
    BatchResponse.write(output, failed.stream().map(JobMessage::messageId).toList());
  }

  /** A function can serve several queues; the ARN identifies a batch's queue. */
  private JobQueue queue(String arn) {
    String[] words = arn.split(":", -1);
    if (words.length != 6 || !words[2].equals("sqs")) {
      throw new IllegalArgumentException(
          "eventSourceARN must be the ARN of an SQS queue, but is \"" + arn + "\"");
    }
    // Looked up when a message is first put back or hidden, which most batches do not need.
    return new LazyJobQueue(
        words[5].endsWith(".fifo"),
        () ->
            new SqsJobQueue(
                client(),
                client()
                    .getQueueUrl(
                        request -> request.queueName(words[5]).queueOwnerAWSAccountId(words[4]))
                    .queueUrl()));
  }

  private synchronized SqsClient client() {
    SqsClient client = made == null ? parts.sqs() : made;
    made = client;
    return client;
  }

  /** Closes connections. Lambda never calls this; programs that embed the handler may. */
  @Override
  public synchronized void close() {
    parts.close();
    if (made != null) {
      made.close();
    }
  }
}
