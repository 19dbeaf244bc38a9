// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.publisher.EventTooLargeException;
import dev.syncline.publisher.FailedEvent;
import dev.syncline.publisher.PublishException;
import dev.syncline.publisher.Sleeper;
import java.time.Duration;

/**
 * The job core: waits, does the work, publishes the outcome, be it good or bad. Every host runs
 * jobs through it.
 *
 * <p>A job is over when its outcome is published. If that fails, {@link #process(Job)} throws, and
 * the host must keep the job and give it again: nothing accepted is lost, and an answer may be
 * published twice, which the bridge expects. Thread-safe.
 */
public final class JobProcessor {
  private final Work work;
  private final Duration delay;
  private final Sleeper sleeper;
  private final ReplyPublisher publisher;

  /**
   * Makes a job core.
   *
   * @param delay how long a job waits before its work; it stands for the time that real work takes
   */
  public JobProcessor(Work work, Duration delay, Sleeper sleeper, ReplyPublisher publisher) {
    this.work = work;
    this.delay = delay;
    this.sleeper = sleeper;
    this.publisher = publisher;
  }

  /**
   * Runs one job to its end and returns what was published.
   *
   * @throws InterruptedException if the thread is interrupted first; nothing was published
   * @throws RuntimeException if the outcome could not be published
   */
  public JobOutcome process(Job job) throws InterruptedException {
    sleeper.sleep(delay);
    JobOutcome outcome = work(job);
    try {
      publisher.publish(job.replyTo(), outcome.envelope(job.id()));
      return outcome;
    } catch (EventTooLargeException e) {
      return publishTooLarge(job, e);
    } catch (PublishException e) {
      if (e.errorType().equals(FailedEvent.TOO_LARGE)) {
        return publishTooLarge(job, e);
      }
      throw e;
    }
  }

  private JobOutcome work(Job job) throws InterruptedException {
    String event = job.event();
    if (event == null) {
      return new JobOutcome.Failed(
          WorkException.INVALID_EVENT, "The job's event is missing or not a JSON text");
    }
    try {
      return new JobOutcome.Completed(work.perform(event));
    } catch (WorkException e) {
      return new JobOutcome.Failed(e.error(), words(e));
    } catch (RuntimeException e) {
      return new JobOutcome.Failed(e.getClass().getSimpleName(), words(e));
    }
  }

  /** No repetition makes a result smaller: the caller is told instead of kept waiting. */
  private JobOutcome publishTooLarge(Job job, RuntimeException reason) {
    JobOutcome outcome =
        new JobOutcome.Failed("ResultTooLarge", "The result does not fit: " + words(reason));
    publisher.publish(job.replyTo(), outcome.envelope(job.id()));
    return outcome;
  }

  private static String words(Exception e) {
    String message = e.getMessage();
    return message == null ? "no message" : message;
  }
}
