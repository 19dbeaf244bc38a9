// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.temporal.EventDigest;
import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import dev.syncline.temporal.JobWorkflow;
import dev.syncline.worker.Progress;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits, works, answers. An answer that cannot be published is still the workflow's result, which
 * the bridge reads.
 */
public final class JobWorkflowImpl implements JobWorkflow {
  private final JobActivities work =
      Workflow.newActivityStub(
          JobActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofHours(1))
              .setScheduleToCloseTimeout(Duration.ofHours(24))
              .setHeartbeatTimeout(PublishingActivities.HEARTBEAT_TIMEOUT)
              .setRetryOptions(retries(0))
              .build());

  private final JobActivities answers =
      Workflow.newActivityStub(
          JobActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(30))
              .setScheduleToCloseTimeout(Duration.ofMinutes(2))
              .setRetryOptions(retries(4))
              .build());

  /** A late status is useless, so it is not retried. */
  private final JobActivities statuses =
      Workflow.newActivityStub(
          JobActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(5))
              .setScheduleToCloseTimeout(Duration.ofSeconds(5))
              .setRetryOptions(retries(1))
              .build());

  private final Duration delay;
  private final boolean publishesProgress;
  private final List<Promise<Void>> told = new ArrayList<>();
  private @Nullable JobRequest request;
  private @Nullable JobResult result;
  private String status = Progress.PENDING.name();

  /**
   * Creates a workflow with a worker's settings. Each workflow reads them once and records them in
   * its history, because another worker's may differ.
   */
  public JobWorkflowImpl(Duration delay, boolean publishesProgress) {
    this.delay = delay;
    this.publishesProgress = publishesProgress;
  }

  private static RetryOptions retries(int attempts) {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setBackoffCoefficient(2)
        .setMaximumAttempts(attempts)
        .build();
  }

  @Override
  public JobResult run(JobRequest job) {
    request = job;
    long waits = Workflow.sideEffect(Long.class, delay::toMillis);
    boolean tells =
        job.replyTo() != null && Workflow.sideEffect(Boolean.class, () -> publishesProgress);
    if (tells && waits > 0) {
      tell(job, Progress.PENDING);
    }
    Workflow.sleep(Duration.ofMillis(waits));
    status = Progress.PROCESSING.name();
    if (tells) {
      tell(job, Progress.PROCESSING);
    }
    JobResult end = performed(job);
    result = end;
    status = end.status();
    if (job.replyTo() != null) {
      // A status must not arrive after the answer, because a subscriber would take it as newer.
      told.forEach(JobWorkflowImpl::settled);
      publish(job, end);
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    return end;
  }

  private void tell(JobRequest job, Progress progress) {
    told.add(Async.procedure(statuses::tell, job, progress.name()));
  }

  private static void settled(Promise<Void> promise) {
    try {
      promise.get();
    } catch (ActivityFailure e) {
      Workflow.getLogger(JobWorkflowImpl.class).warn("status not published", e);
    }
  }

  private JobResult performed(JobRequest job) {
    try {
      return work.work(job);
    } catch (ActivityFailure e) {
      return JobResult.failed("WorkerLost", "No worker finished the job: " + e.getMessage());
    }
  }

  private void publish(JobRequest job, JobResult end) {
    try {
      answers.answer(job, end);
    } catch (ActivityFailure e) {
      Workflow.getLogger(JobWorkflowImpl.class)
          .error("answer not published; it is the workflow's result", e);
    }
  }

  @Override
  public JobResult answer(String eventDigest) {
    Workflow.await(() -> result != null);
    JobResult end = result;
    if (end == null) {
      throw new IllegalStateException("the awaited result is missing");
    }
    return end;
  }

  @Override
  public void checkEvent(String eventDigest) {
    JobRequest job = request;
    if (job != null && !EventDigest.of(job.event()).equals(eventDigest)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "The workflow of this id has another event", OTHER_EVENT);
    }
  }

  @Override
  public String status() {
    return status;
  }
}
