// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.Sleeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The job core: publishes progress, does the work, and answers with the result or the failure.
 * Every host runs its jobs through it.
 *
 * <p>A job is complete when its answer is accepted. If the answer fails, {@link #process(Job)}
 * throws, and the host must keep the job and redeliver it, so no accepted job is lost. A
 * redelivered job is answered again with its first outcome. While a job runs, a concurrent delivery
 * waits for it. So an answer may be published twice, which the bridge expects, but two answers of
 * one job never differ. Thread-safe.
 */
public final class JobProcessor {
  private static final Executor THREADS = task -> Thread.ofVirtual().name("progress").start(task);

  private final Work work;
  private final JobReplies answers;
  private final OutcomeStore outcomes;
  private final Sleeper sleeper;
  private final boolean publishesProgress;
  private final Consumer<String> warnings;
  private final ConcurrentMap<String, CompletableFuture<JobOutcome>> running =
      new ConcurrentHashMap<>();

  /**
   * Creates a job core.
   *
   * @param publishesProgress whether PENDING and PROCESSING are published too; each costs an event
   * @param warnings receives a line for each status that could not be published
   */
  public JobProcessor(
      Work work,
      JobReplies answers,
      OutcomeStore outcomes,
      Sleeper sleeper,
      boolean publishesProgress,
      Consumer<String> warnings) {
    this.work = work;
    this.answers = answers;
    this.outcomes = outcomes;
    this.sleeper = sleeper;
    this.publishesProgress = publishesProgress;
    this.warnings = warnings;
  }

  /**
   * Waits for the delay, runs one job in the calling thread, and returns the outcome that was sent.
   * For hosts that cannot delay a job elsewhere.
   *
   * @param delay how long the job waits before its work; it simulates the time of real work
   * @throws InterruptedException if the thread is interrupted first; no answer was sent
   * @throws RuntimeException if the answer was not accepted
   */
  public JobOutcome process(Job job, Duration delay) throws InterruptedException {
    return once(
        job,
        () -> {
          CompletableFuture<Void> reported =
              delay.isPositive() ? report(job, Progress.PENDING, null) : null;
          sleeper.sleep(delay);
          return work(job, reported);
        });
  }

  /**
   * Runs one job without a delay.
   *
   * @throws InterruptedException if the thread is interrupted first; no answer was sent
   * @throws RuntimeException if the answer was not accepted
   */
  public JobOutcome process(Job job) throws InterruptedException {
    return process(job, Duration.ZERO);
  }

  /** Publishes that the job is accepted and waits, for hosts that delay it elsewhere. */
  public void accepted(Job job) {
    CompletableFuture<Void> reported = report(job, Progress.PENDING, null);
    if (reported != null) {
      reported.join();
    }
  }

  /** The job's outcome, if it is remembered; else null. */
  public @Nullable JobOutcome outcome(String id) {
    return outcomes.find(id);
  }

  private interface Run {
    JobOutcome get() throws InterruptedException;
  }

  private JobOutcome once(Job job, Run run) throws InterruptedException {
    CompletableFuture<JobOutcome> mine = new CompletableFuture<>();
    CompletableFuture<JobOutcome> other = running.putIfAbsent(key(job), mine);
    if (other != null) {
      return joined(job, other);
    }
    try {
      JobOutcome before = outcomes.find(job.id());
      JobOutcome outcome = answers.answer(job, before == null ? run.get() : before);
      mine.complete(outcome);
      return outcome;
    } finally {
      running.remove(key(job), mine);
      // No effect if the future is complete.
      mine.completeExceptionally(
          new IllegalStateException(job + " ended without an answer where it ran first"));
    }
  }

  /** The key of a running job. Each waiting task is answered separately, also with the same id. */
  private static String key(Job job) {
    return job.taskToken() == null ? job.id() : job.id() + " " + job.taskToken();
  }

  private static JobOutcome joined(Job job, CompletableFuture<JobOutcome> first)
      throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(job + " is not answered: " + message(cause), e);
    }
  }

  private JobOutcome work(Job job, @Nullable CompletableFuture<Void> reported)
      throws InterruptedException {
    CompletableFuture<Void> processing = report(job, Progress.PROCESSING, reported);
    JobOutcome outcome = perform(job);
    JobOutcome kept = outcomes.keep(job.id(), outcome);
    if (processing != null) {
      // A status must not arrive after the answer, because a subscriber would take it as newer.
      processing.join();
    }
    return kept;
  }

  /** Publishes progress on another thread, while the work runs. */
  private @Nullable CompletableFuture<Void> report(
      Job job, Progress progress, @Nullable CompletableFuture<Void> after) {
    if (!publishesProgress) {
      return null;
    }
    Runnable task =
        () -> {
          try {
            answers.reportProgress(job, progress);
          } catch (RuntimeException e) {
            warnings.accept(job + " is " + progress + ", which was not published: " + message(e));
          }
        };
    return after == null
        ? CompletableFuture.runAsync(task, THREADS)
        : after.thenRunAsync(task, THREADS);
  }

  private JobOutcome perform(Job job) throws InterruptedException {
    String event = job.event();
    if (event == null) {
      return new JobOutcome.Failed(
          WorkException.INVALID_EVENT, "The job's event is missing or not a JSON text");
    }
    try {
      return new JobOutcome.Completed(work.perform(job.id(), event));
    } catch (WorkException e) {
      return new JobOutcome.Failed(e.error(), message(e));
    } catch (RuntimeException e) {
      return new JobOutcome.Failed(e.getClass().getSimpleName(), message(e));
    }
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? "no message" : message;
  }
}
