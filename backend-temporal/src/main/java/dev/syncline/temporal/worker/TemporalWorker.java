// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.temporal.JobWorkflow;
import dev.syncline.temporal.TemporalConfig;
import dev.syncline.work.Randomness;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.FullName;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.MemoryOutcomeStore;
import dev.syncline.worker.Progress;
import dev.syncline.worker.Work;
import dev.syncline.worker.WorkLoader;
import dev.syncline.worker.WorkerConfig;
import dev.syncline.worker.WorkerCore;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.WorkerSetting;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Temporal worker in this process. When it is killed, the cluster gives its jobs to another
 * worker. Thread-safe.
 */
public final class TemporalWorker implements AutoCloseable {
  private final WorkflowServiceStubs service;
  private final WorkerFactory factory;
  private final @Nullable WorkerCore core;

  private TemporalWorker(
      WorkflowServiceStubs service, WorkerFactory factory, @Nullable WorkerCore core) {
    this.service = service;
    this.factory = factory;
    this.core = core;
  }

  /**
   * Connects and starts receiving jobs. Only jobs that are answered on a channel need an Event API.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static TemporalWorker start(Map<String, String> environment, WorkerLog log) {
    return start(environment, log, WorkLoader.fromEnvironment(environment));
  }

  /** The same with other work. */
  public static TemporalWorker start(Map<String, String> environment, WorkerLog log, Work work) {
    TemporalConfig config = TemporalConfig.fromEnvironment(environment);
    Duration delay = WorkerConfig.delay(environment);
    boolean tells = WorkerSetting.WORKER_STATUSES.text(environment).equals("all");
    int concurrency = (int) WorkerSetting.WORKER_CONCURRENCY.number(environment);
    Channels channels = Channels.of(environment, log);
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(config.connection().build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            service, WorkflowClientOptions.newBuilder().setNamespace(config.namespace()).build());
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                // Without the cache a waiting workflow needs no memory, and after the loss of its
                // worker the next step does not wait for that worker. The histories have about
                // twelve events, so replaying them is cheap.
                .setWorkflowCacheSize(0)
                .build());
    Worker worker =
        factory.newWorker(
            config.taskQueue(),
            WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setMaxConcurrentActivityExecutionSize(concurrency)
                .build());
    worker.registerWorkflowImplementationFactory(
        JobWorkflow.class, () -> new JobWorkflowImpl(delay, tells));
    worker.registerActivitiesImplementations(
        new PublishingActivities(work, channels.answers(), Sleeper.real()));
    factory.start();
    log.info("started", Map.of("temporal", config.address(), "taskQueue", config.taskQueue()));
    return new TemporalWorker(service, factory, channels.core());
  }

  /**
   * Stops receiving jobs and finishes the running ones within the time limit; others get the rest.
   */
  public void drain(Duration time) {
    factory.shutdown();
    factory.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    service.shutdownNow();
    if (core != null) {
      core.close();
    }
  }

  private record Channels(JobReplies answers, @Nullable WorkerCore core) {
    static Channels of(Map<String, String> environment, WorkerLog log) {
      if (environment.getOrDefault(EventsEndpoint.HTTP_HOST_VARIABLE, "").isBlank()) {
        return new Channels(new NoChannel(), null);
      }
      // Only its port for answers is used, because the workflow replaces the job core.
      WorkerCore core =
          new WorkerCore(
              WorkerConfig.fromEnvironment(environment),
              new FullName(),
              Sleeper.real(),
              Randomness.real(),
              log,
              new MemoryOutcomeStore(0, 0),
              channels -> channels);
      return new Channels(core.answers(), core);
    }
  }

  private static final class NoChannel implements JobReplies {
    @Override
    public JobOutcome answer(Job job, JobOutcome outcome) {
      throw refusal();
    }

    @Override
    public void reportProgress(Job job, Progress progress) {
      throw refusal();
    }

    private static ApplicationFailure refusal() {
      return ApplicationFailure.newNonRetryableFailure(
          EventsEndpoint.HTTP_HOST_VARIABLE
              + " is not set on the worker; set it to the Event API's HTTP host, or start jobs"
              + " without a channel (TEMPORAL_ANSWERS=update)",
          "NoEventApi");
    }
  }
}
