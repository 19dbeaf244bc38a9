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
 * What becomes of one message, whoever received it: its job waits in the queue until it is due, is
 * then run, and the caller is told what to do with the message. Thread-safe.
 */
public final class QueueMessageHandler {
  /** Waiting as long as this is cheaper here than once more through the queue. */
  private static final Duration WAITED_HERE = Duration.ofSeconds(1);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 9;

  /** Runs a job to its end, as the core does or with something around it. */
  @FunctionalInterface
  public interface Runner {
    /** Returns what was answered; null if nobody wants an answer any more. */
    @Nullable JobOutcome run(Job job) throws InterruptedException;
  }

  /** What to do with a message. */
  public enum Verdict {
    /** Its job is answered, or a copy waits in the queue: delete it. */
    DONE,
    /** Its job waits, and the message is hidden meanwhile: leave it in the queue. */
    WAITS,
    /** It failed: leave it in the queue, which gives it again or puts it aside. */
    FAILED
  }

  private final JobProcessor processor;
  private final Runner runner;
  private final Duration delay;
  private final Sleeper sleeper;
  private final Clock clock;
  private final WorkerLog log;

  /**
   * Runs jobs of the core with the runner, each when it has been in the queue for {@code delay}.
   */
  public QueueMessageHandler(
      JobProcessor processor,
      Runner runner,
      Duration delay,
      Sleeper sleeper,
      Clock clock,
      WorkerLog log) {
    this.processor = processor;
    this.runner = runner;
    this.delay = delay;
    this.sleeper = sleeper;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Handles one message. It is not deleted here.
   *
   * @throws InterruptedException if the thread is interrupted first: the message failed
   */
  public Verdict handle(JobQueue queue, QueueMessage message) throws InterruptedException {
    long start = clock.millis();
    Job job;
    try {
      job = JobReader.read(message.body());
    } catch (InvalidJobException e) {
      log.error("not a job", fields(message, Map.of("detail", words(e))));
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
      fields.put("detail", words(e));
      log.error("job not answered", fields);
      return Verdict.FAILED;
    }
  }

  /** Puts the job back into the queue if it has to wait; a sleeping function would be paid for. */
  private boolean waits(JobQueue queue, QueueMessage message, Job job, Map<String, Object> fields)
      throws InterruptedException {
    // A FIFO message cannot be delayed by itself: it is hidden, and its second receipt is its turn.
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

  /**
   * How long a message that failed is to be left alone: 1 s, doubled for each time, at most 512 s.
   */
  public static Duration backoff(QueueMessage message) {
    int doublings = Math.min(Math.max(message.receiveCount() - 1, 0), MAX_DOUBLINGS);
    return FIRST_BACKOFF.multipliedBy(1L << doublings);
  }

  private static Map<String, Object> fields(QueueMessage message, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>(more);
    fields.put("messageId", message.messageId());
    fields.put("receiveCount", message.receiveCount());
    return fields;
  }

  private static String words(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
