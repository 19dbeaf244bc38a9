// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.process;

import dev.syncline.work.Sleeper;
import dev.syncline.work.aws.AwsEnvironment;
import dev.syncline.work.aws.WorkStore;
import dev.syncline.worker.BucketOutcomeStore;
import dev.syncline.worker.OutcomeStore;
import dev.syncline.worker.WorkLoader;
import dev.syncline.worker.WorkerConfig;
import dev.syncline.worker.WorkerCore;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.WorkerSetting;
import dev.syncline.worker.queue.JobMessageHandler;
import dev.syncline.worker.queue.SqsJobQueue;
import dev.syncline.worker.task.SfnTasks;
import dev.syncline.worker.task.TaskHeartbeats;
import dev.syncline.worker.task.TaskReplies;
import dev.syncline.worker.task.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The components of hosts, built from one environment. The work comes from {@link
 * WorkLoader#fromEnvironment}. Thread-safe.
 */
public final class WorkerComponents implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  // SQS holds a poll for up to 20 s, GetActivityTask for 60 s.
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(70);

  private final Map<String, String> environment;
  private final WorkerConfig config;
  private final Clock clock;
  private final Sleeper sleeper;
  private final WorkerLog log;
  private final Tasks tasks;
  private final WorkerCore core;
  private final TaskHeartbeats heartbeats;
  private @Nullable WorkStore bucket;

  /**
   * Builds the components; does no I/O.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public WorkerComponents(
      Map<String, String> environment,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log) {
    this(environment, clock, sleeper, random, log, null);
  }

  /** The same with another store of outcomes. */
  public WorkerComponents(
      Map<String, String> environment,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random,
      WorkerLog log,
      @Nullable OutcomeStore outcomes) {
    this.environment = environment;
    this.config = WorkerConfig.fromEnvironment(environment);
    this.clock = clock;
    this.sleeper = sleeper;
    this.log = log;
    this.tasks =
        new SfnTasks(
            () -> configured(SfnClient.builder()).build(),
            WorkerSetting.WORKER_ACTIVITY_ARN.text(environment),
            WorkerSetting.WORKER_NAME.text(environment));
    this.core =
        new WorkerCore(
            config,
            WorkLoader.fromEnvironment(environment),
            sleeper,
            random,
            log,
            outcomes == null ? remembered() : outcomes,
            channels -> channels.withTasks(new TaskReplies(tasks, log)));
    this.heartbeats = new TaskHeartbeats(tasks, core.processor(), config.taskHeartbeat(), sleeper);
  }

  /** In memory, and also in the bucket if one is configured. */
  private OutcomeStore remembered() {
    OutcomeStore memory = WorkerCore.memory(config);
    bucket = WorkStore.fromEnvironment(environment, clock).orElse(null);
    return bucket == null ? memory : new BucketOutcomeStore(bucket, memory);
  }

  /** The configuration. */
  public WorkerConfig config() {
    return config;
  }

  /** The log. */
  public WorkerLog log() {
    return log;
  }

  /** The job core. */
  public WorkerCore core() {
    return core;
  }

  /** Step Functions, for tasks that wait. */
  public Tasks tasks() {
    return tasks;
  }

  /** Runs jobs, and sends heartbeats to the tasks that wait for them. */
  public TaskHeartbeats heartbeats() {
    return heartbeats;
  }

  /** The handler of a queue's messages. */
  public JobMessageHandler queueJobs() {
    return new JobMessageHandler(
        core.processor(),
        job -> heartbeats.process(job, Duration.ZERO),
        config.delay(),
        sleeper,
        clock,
        log);
  }

  /** A client for queues, which the caller closes. */
  public SqsClient sqs() {
    return configured(SqsClient.builder()).build();
  }

  /** The queue with this URL, which the caller closes. */
  public SqsJobQueue queue(String url) {
    return new SqsJobQueue(sqs(), url);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder) {
    AwsEnvironment.of(environment).configure(builder);
    builder.httpClientBuilder(
        Apache5HttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(SOCKET_TIMEOUT)
            .maxConnections((int) WorkerSetting.WORKER_CONCURRENCY.number(environment) + 2));
    return builder;
  }

  @Override
  public void close() {
    tasks.close();
    core.close();
    if (bucket != null) {
      bucket.close();
    }
  }
}
