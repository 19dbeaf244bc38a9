// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.worker;

import dev.syncline.publisher.EventChannel;
import dev.syncline.publisher.PublishException;
import dev.syncline.work.Sleeper;
import dev.syncline.temporal.JobRequest;
import dev.syncline.temporal.JobResult;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.Heartbeat;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.Progress;
import dev.syncline.worker.MemoryOutcomeStore;
import dev.syncline.worker.Work;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** The worker's job core, step by step as the workflow asks for them. Thread-safe. */
public final class PublishingActivities implements JobActivities {
  /** A worker that is silent for so long is taken for lost, and its job is given to another. */
  static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(8);

  private final JobProcessor core;
  private final JobReplies answers;
  private final Sleeper sleeper;

  /** Does this work and answers through these. */
  public PublishingActivities(Work work, JobReplies answers, Sleeper sleeper) {
    this.answers = answers;
    this.sleeper = sleeper;
    // The workflow's history remembers; the core's own answer is taken from its result.
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
        // 400, 401 and 403 are the same the next time.
        throw ApplicationFailure.newNonRetryableFailureWithCause(e.getMessage(), e.errorType(), e);
      }
      throw e;
    }
  }

  @Override
  public void tell(JobRequest request, String progress) {
    answers.tell(job(request), Progress.valueOf(progress));
  }

  private static Job job(JobRequest request) {
    String replyTo = request.replyTo();
    // A job needs somebody to tell; without a channel it is the workflow that waits.
    return replyTo == null
        ? new Job(request.id(), null, request.event(), request.id())
        : new Job(request.id(), EventChannel.of(replyTo), request.event());
  }

  private static final class Unpublished implements JobReplies {
    @Override
    public JobOutcome answer(Job job, JobOutcome outcome) {
      return outcome;
    }

    @Override
    public void tell(Job job, Progress progress) {}
  }
}
