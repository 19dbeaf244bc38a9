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
 * The job core: tells how the job goes, does the work, answers with the outcome, be it good or bad.
 * Every host runs jobs through it.
 *
 * <p>A job is over when its answer is accepted. If that fails, {@link #process(Job)} throws, and
 * the host must keep the job and give it again: nothing accepted is lost. A job that is given again
 * is answered again, with the outcome of the first time; while it runs, the second giver waits for
 * the first. So an answer may be published twice, which the bridge expects, but never two different
 * ones. Thread-safe.
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
   * Makes a job core.
   *
   * @param publishesProgress whether PENDING and PROCESSING are told too; each costs an event
   * @param warnings takes a line about each status that could not be told
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
   * Runs one job to its end in the calling thread, waiting first, and returns what was answered.
   * For hosts that have no better place to let a job wait.
   *
   * @param delay how long the job waits before its work; it stands for the time that real work
   *     takes
   * @throws InterruptedException if the thread is interrupted first; nothing was answered
   * @throws RuntimeException if the answer was not accepted
   */
  public JobOutcome process(Job job, Duration delay) throws InterruptedException {
    return once(
        job,
        () -> {
          CompletableFuture<Void> told =
              delay.isPositive() ? tell(job, Progress.PENDING, null) : null;
          sleeper.sleep(delay);
          return work(job, told);
        });
  }

  /**
   * Runs one job to its end, now.
   *
   * @throws InterruptedException if the thread is interrupted first; nothing was answered
   * @throws RuntimeException if the answer was not accepted
   */
  public JobOutcome process(Job job) throws InterruptedException {
    return process(job, Duration.ZERO);
  }

  /** Tells that the job is accepted and waits, for hosts that let it wait elsewhere. */
  public void accepted(Job job) {
    CompletableFuture<Void> told = tell(job, Progress.PENDING, null);
    if (told != null) {
      told.join();
    }
  }

  /** How the job ended, if that is remembered here. */
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
      // Without effect when it has completed.
      mine.completeExceptionally(
          new IllegalStateException(job + " ended without an answer where it ran first"));
    }
  }

  /** Each task that waits is told for itself, whatever other task or channel has the same id. */
  private static String key(Job job) {
    return job.taskToken() == null ? job.id() : job.id() + " " + job.taskToken();
  }

  private static JobOutcome joined(Job job, CompletableFuture<JobOutcome> first)
      throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(job + " is not answered: " + words(cause), e);
    }
  }

  private JobOutcome work(Job job, @Nullable CompletableFuture<Void> told)
      throws InterruptedException {
    CompletableFuture<Void> processing = tell(job, Progress.PROCESSING, told);
    JobOutcome outcome = perform(job);
    JobOutcome kept = outcomes.keep(job.id(), outcome);
    if (processing != null) {
      // A listener would take an earlier status that comes after the answer for a later one.
      processing.join();
    }
    return kept;
  }

  /** The work goes on meanwhile. */
  private @Nullable CompletableFuture<Void> tell(
      Job job, Progress progress, @Nullable CompletableFuture<Void> after) {
    if (!publishesProgress) {
      return null;
    }
    Runnable telling =
        () -> {
          try {
            answers.tell(job, progress);
          } catch (RuntimeException e) {
            warnings.accept(job + " is " + progress + ", which was not told: " + words(e));
          }
        };
    return after == null
        ? CompletableFuture.runAsync(telling, THREADS)
        : after.thenRunAsync(telling, THREADS);
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
      return new JobOutcome.Failed(e.error(), words(e));
    } catch (RuntimeException e) {
      return new JobOutcome.Failed(e.getClass().getSimpleName(), words(e));
    }
  }

  private static String words(Throwable e) {
    String message = e.getMessage();
    return message == null ? "no message" : message;
  }
}
