// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.InvalidJobException;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.JobReader;
import dev.syncline.worker.WorkerLog;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Handles one message: delays its job in the queue until it is due, runs it, and returns the action
 * for the message. Thread-safe.
 *
 * @param delay how long a job is in the queue before it runs
 */
public record JobMessageHandler(
    JobProcessor processor,
    Runner runner,
    Duration delay,
    Sleeper sleeper,
    Clock clock,
    WorkerLog log) {
  /** A wait up to this time is done in the process, which is cheaper than another message. */
  private static final Duration WAITED_HERE = Duration.ofSeconds(1);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 9;

  /** Runs a job, through the core or a wrapper of it. */
  @FunctionalInterface
  public interface Runner {
    /** Returns the outcome that was sent; null if no task waits for the job any more. */
    @Nullable JobOutcome run(Job job) throws InterruptedException;
  }

  /** The action for a message. */
  public enum Verdict {
    /** Its job is answered, or a copy waits in the queue: delete it. */
    DONE,
    /** Its job is delayed, and the message is hidden: leave it in the queue. */
    WAITS,
    /**
     * It failed: leave it in the queue, which redelivers it or moves it to the dead-letter queue.
     */
    FAILED
  }

  /**
   * Handles one message, without deleting it.
   *
   * @throws InterruptedException if the thread is interrupted: the message failed
   */
  public Verdict handle(JobQueue queue, JobMessage message) throws InterruptedException {
    long start = clock.millis();
    Job job;
    try {
      job = JobReader.read(message.body());
    } catch (InvalidJobException e) {
      log.error("not a job", fields(message, Map.of("detail", message(e))));
      return Verdict.FAILED;
    }
    Map<String, Object> fields = fields(message, Map.of("id", job.id()));
    try {
      if (waits(queue, message, job, fields)) {
        return queue.isFifo() ? Verdict.WAITS : Verdict.DONE;
      }
      JobOutcome outcome = runner.run(job);
      fields.put("status", outcome == null ? "dropped" : outcome.status());
      fields.put("ms", clock.millis() - start);
      if (outcome instanceof JobOutcome.Failed failed) {
        fields.put("error", failed.error());
      }
      log.info("job answered", fields);
      return Verdict.DONE;
    } catch (InterruptedException e) {
      log.warn("job interrupted", fields);
      throw e;
    } catch (RuntimeException e) {
      fields.put("detail", message(e));
      log.error("job not answered", fields);
      return Verdict.FAILED;
    }
  }

  /** Puts a job that is not due back into the queue, because a sleeping function is billed. */
  private boolean waits(JobQueue queue, JobMessage message, Job job, Map<String, Object> fields)
      throws InterruptedException {
    // A FIFO queue has no delay for single messages: the message is hidden, and its second receipt
    // is due.
    Duration left =
        queue.isFifo() && message.receiveCount() > 1 ? Duration.ZERO : message.remaining(delay);
    if (processor.outcome(job.id()) != null || left.isZero()) {
      return false;
    }
    if (message.stillToWait() == null) {
      processor.accepted(job);
    }
    if (left.compareTo(WAITED_HERE) <= 0) {
      sleeper.sleep(left);
      return false;
    }
    if (queue.isFifo()) {
      queue.hide(message, left);
    } else {
      Duration now = left.compareTo(JobQueue.MAX_DELAY) > 0 ? JobQueue.MAX_DELAY : left;
      queue.sendAgain(message, now, left.minus(now));
    }
    fields.put("waitMs", left.toMillis());
    log.info("job waits in the queue", fields);
    return true;
  }

  /** The backoff of a failed message: 1 s, doubled after each failure, at most 512 s. */
  public static Duration backoff(JobMessage message) {
    int doublings = Math.min(Math.max(message.receiveCount() - 1, 0), MAX_DOUBLINGS);
    return FIRST_BACKOFF.multipliedBy(1L << doublings);
  }

  private static Map<String, Object> fields(JobMessage message, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>(more);
    fields.put("messageId", message.messageId());
    fields.put("receiveCount", message.receiveCount());
    return fields;
  }

  private static String message(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
