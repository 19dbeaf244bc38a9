// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.Channel;
import dev.syncline.publisher.EventTooLargeException;
import dev.syncline.publisher.FailedEvent;
import dev.syncline.publisher.PublishException;

/**
 * Publishes answers to the job's channel. Thread-safe.
 *
 * @param progressPublisher publishes progress; it should not retry, because a late status is
 *     useless
 */
record ChannelReplies(ReplyPublisher publisher, ReplyPublisher progressPublisher)
    implements JobReplies {
  /** {@inheritDoc} A result that is too large is not retried: a failure is published instead. */
  @Override
  public JobOutcome answer(Job job, JobOutcome outcome) {
    Channel replyTo = job.replyTo();
    if (replyTo == null) {
      throw new IllegalStateException(job + " has no channel to answer on");
    }
    try {
      publisher.publish(replyTo, outcome.envelope(job.id()));
      return outcome;
    } catch (EventTooLargeException e) {
      return tooLarge(job, replyTo, e);
    } catch (PublishException e) {
      if (e.errorType().equals(FailedEvent.TOO_LARGE)) {
        return tooLarge(job, replyTo, e);
      }
      throw e;
    }
  }

  private JobOutcome tooLarge(Job job, Channel replyTo, RuntimeException reason) {
    JobOutcome outcome = JobOutcome.Failed.tooLarge(String.valueOf(reason.getMessage()));
    publisher.publish(replyTo, outcome.envelope(job.id()));
    return outcome;
  }

  @Override
  public void reportProgress(Job job, Progress progress) {
    Channel replyTo = job.replyTo();
    if (replyTo != null) {
      progressPublisher.publish(replyTo, progress.envelope(job.id()));
    }
  }
}
