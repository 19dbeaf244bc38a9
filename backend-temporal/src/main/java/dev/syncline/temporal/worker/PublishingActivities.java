// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.publisher.Channel;
import dev.syncline.publisher.PublishException;
import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.Heartbeat;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.MemoryOutcomeStore;
import dev.syncline.worker.Progress;
import dev.syncline.worker.Work;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** The workflow's activities, which call the worker's job core. Thread-safe. */
public final class PublishingActivities implements JobActivities {
  /**
   * A worker without a heartbeat for this time is considered lost, and its job is given to another.
   */
  static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(8);

  private final JobProcessor core;
  private final JobReplies answers;
  private final Sleeper sleeper;

  /** Does the given work and answers through the given port. */
  public PublishingActivities(Work work, JobReplies answers, Sleeper sleeper) {
    this.answers = answers;
    this.sleeper = sleeper;
    // The workflow's history stores the outcome, and the workflow publishes it, so the core does
    // neither.
    this.core =
        new JobProcessor(
            work,
            new Unpublished(),
            new MemoryOutcomeStore(0, 0),
            duration -> {},
            false,
            line -> {});
  }

  @Override
  public JobResult work(JobRequest request) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    try (Heartbeat beating =
        Heartbeat.start(
            "temporal",
            HEARTBEAT_TIMEOUT.dividedBy(4),
            sleeper,
            () -> {
              context.heartbeat(request.id());
              return true;
            })) {
      return JobResult.of(core.process(job(request)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Activity.wrap(e);
    }
  }

  @Override
  public void answer(JobRequest request, JobResult result) {
    try {
      answers.answer(job(request), result.outcome());
    } catch (PublishException e) {
      if (e.reason() == PublishException.Reason.REFUSED) {
        // A retry of 400, 401 and 403 cannot succeed.
        throw ApplicationFailure.newNonRetryableFailureWithCause(e.getMessage(), e.errorType(), e);
      }
      throw e;
    }
  }

  @Override
  public void tell(JobRequest request, String progress) {
    answers.reportProgress(job(request), Progress.valueOf(progress));
  }

  private static Job job(JobRequest request) {
    String replyTo = request.replyTo();
    // A job needs a channel or a token; without a channel the workflow waits, and its id is the
    // token.
    return replyTo == null
        ? new Job(request.id(), null, request.event(), request.id())
        : new Job(request.id(), Channel.of(replyTo), request.event());
  }

  private static final class Unpublished implements JobReplies {
    @Override
    public JobOutcome answer(Job job, JobOutcome outcome) {
      return outcome;
    }

    @Override
    public void reportProgress(Job job, Progress progress) {}
  }
}
