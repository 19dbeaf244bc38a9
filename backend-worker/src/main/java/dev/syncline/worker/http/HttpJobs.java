// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.InvalidJobException;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReader;
import dev.syncline.worker.TimeLimit;
import dev.syncline.worker.WorkerLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The jobs received over HTTP. Accepts jobs up to its concurrency, deduplicates them by id, and
 * runs each on its own thread until its answer is accepted. Thread-safe.
 */
final class HttpJobs {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int MAX_ATTEMPTS = 8;

  /** Runs a job; throws if its answer was not accepted. */
  @FunctionalInterface
  interface Runner {
    @Nullable JobOutcome run(Job job) throws InterruptedException;
  }

  /** The result of a request. */
  sealed interface Reply {
    /** The job is stored and runs. */
    record Accepted(String id) implements Reply {}

    /** The job has ended; the published envelope. */
    record Ended(String envelope) implements Reply {}

    /** The id belongs to another event. */
    record OtherEvent(String id) implements Reply {}

    /** Nothing was accepted; the caller may retry. */
    record NotNow(String why) implements Reply {}

    /** The body is not a valid job. */
    record Invalid(String why) implements Reply {}

    /** The id is unknown. */
    record Unknown(String id) implements Reply {}
  }

  private record Known(String digest, boolean runs) {}

  private final Runner runner;
  private final Function<String, @Nullable JobOutcome> outcomes;
  private final JobFiles files;
  private final int concurrency;
  private final int remembered;
  private final Sleeper sleeper;
  private final WorkerLog log;
  private final Semaphore slots;
  private final Map<String, Known> known = new LinkedHashMap<>();
  // Guarded by known.
  private final Queue<Job> unfinished = new ArrayDeque<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * @param outcomes returns a job's outcome, or null
   * @param concurrency the maximum number of concurrent jobs
   * @param remembered how many ended jobs' events are remembered, to detect another event under the
   *     same id
   */
  HttpJobs(
      Runner runner,
      Function<String, @Nullable JobOutcome> outcomes,
      JobFiles files,
      int concurrency,
      int remembered,
      Sleeper sleeper,
      WorkerLog log) {
    this.runner = runner;
    this.outcomes = outcomes;
    this.files = files;
    this.concurrency = concurrency;
    this.remembered = remembered;
    this.sleeper = sleeper;
    this.log = log;
    this.slots = new Semaphore(concurrency);
  }

  /** Accepts a posted job. */
  Reply take(String text) {
    Job job;
    try {
      job = JobReader.read(text);
    } catch (InvalidJobException e) {
      return new Reply.Invalid(String.valueOf(e.getMessage()));
    }
    if (!ID.matcher(job.id()).matches()) {
      return new Reply.Invalid("id must be 1 to 128 letters, digits, dashes or underscores");
    }
    String digest = digest(job);
    @Nullable Reply repeat = repeat(job.id(), digest);
    if (repeat != null) {
      return repeat;
    }
    try {
      JobOutcome outcome = outcomes.apply(job.id());
      return outcome == null
          ? begin(job, digest, text)
          : new Reply.Ended(outcome.envelope(job.id()));
    } catch (RuntimeException e) {
      log.warn("outcome not readable", Map.of("id", job.id(), "detail", String.valueOf(e)));
      return new Reply.NotNow("The job's outcome cannot be read now");
    }
  }

  /** The state of a job. */
  Reply find(String id) {
    if (!ID.matcher(id).matches()) {
      // An invalid id must not become part of a URL.
      return new Reply.Unknown(id);
    }
    try {
      JobOutcome outcome = outcomes.apply(id);
      if (outcome != null) {
        return new Reply.Ended(outcome.envelope(id));
      }
    } catch (RuntimeException e) {
      log.warn("outcome not readable", Map.of("id", id, "detail", String.valueOf(e)));
      return new Reply.NotNow("The job's outcome cannot be read now");
    }
    synchronized (known) {
      Known job = known.get(id);
      return job != null && job.runs ? new Reply.Accepted(id) : new Reply.Unknown(id);
    }
  }

  /**
   * Loads the unfinished jobs of an earlier process. Called before requests are accepted, so that
   * those jobs are known.
   */
  void loadUnfinished() throws IOException {
    for (String text : files.unfinished()) {
      try {
        Job job = JobReader.read(text);
        synchronized (known) {
          known.put(job.id(), new Known(digest(job), true));
          unfinished.add(job);
        }
      } catch (InvalidJobException e) {
        log.error("file is not a job", Map.of("detail", String.valueOf(e.getMessage())));
      }
    }
  }

  /** Runs the loaded jobs as slots become free. */
  void resume() throws InterruptedException {
    while (true) {
      slots.acquire();
      synchronized (known) {
        Job job = stopping ? null : unfinished.poll();
        if (job == null) {
          slots.release();
          return;
        }
        log.info("job resumed", Map.of("id", job.id()));
        launch(job);
      }
    }
  }

  /** See {@link dev.syncline.worker.host.WorkerHost#drain}. */
  void drain(Duration time) throws InterruptedException {
    synchronized (known) {
      stopping = true;
    }
    try (TimeLimit limit =
        TimeLimit.start("drain http", time, sleeper, () -> threads.forEach(Thread::interrupt))) {
      slots.acquire(concurrency);
      slots.release(concurrency);
    }
  }

  private @Nullable Reply repeat(String id, String digest) {
    synchronized (known) {
      Known before = known.get(id);
      if (before == null) {
        return null;
      }
      if (!before.digest.equals(digest)) {
        return new Reply.OtherEvent(id);
      }
      return before.runs ? new Reply.Accepted(id) : null;
    }
  }

  /**
   * Stores the job under the lock, so that a concurrent duplicate is acknowledged only after the
   * job is durable.
   */
  private Reply begin(Job job, String digest, String text) {
    synchronized (known) {
      Reply repeat = repeat(job.id(), digest);
      if (repeat != null) {
        return repeat;
      }
      if (stopping) {
        return new Reply.NotNow("The worker is stopping");
      }
      if (!slots.tryAcquire()) {
        return new Reply.NotNow("The worker has its maximum of " + concurrency + " jobs");
      }
      try {
        files.keep(job.id(), text);
      } catch (IOException e) {
        slots.release();
        log.error("job not stored", Map.of("id", job.id(), "detail", String.valueOf(e)));
        return new Reply.NotNow("The job cannot be stored");
      }
      known.put(job.id(), new Known(digest, true));
      launch(job);
      return new Reply.Accepted(job.id());
    }
  }

  private void launch(Job job) {
    Thread thread =
        Thread.ofVirtual()
            .name("job")
            .unstarted(
                () -> {
                  try {
                    runWithRetries(job);
                  } finally {
                    ended(job.id());
                    threads.remove(Thread.currentThread());
                    slots.release();
                  }
                });
    threads.add(thread);
    thread.start();
  }

  private void runWithRetries(Job job) {
    try {
      for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        try {
          JobOutcome outcome = runner.run(job);
          log.info(
              outcome == null ? "task no longer waits" : "job answered",
              Map.of("id", job.id(), "status", outcome == null ? "dropped" : outcome.status()));
          files.forget(job.id());
          return;
        } catch (RuntimeException e) {
          log.warn(
              "job not answered",
              Map.of("id", job.id(), "attempt", attempt, "detail", String.valueOf(e)));
        }
        if (attempt < MAX_ATTEMPTS) {
          sleeper.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
        }
      }
      log.error("job set aside", Map.of("id", job.id(), "attempts", MAX_ATTEMPTS));
      files.markFailed(job.id());
    } catch (InterruptedException e) {
      // The job's file remains for the next process.
      log.warn("job interrupted; its file remains", Map.of("id", job.id()));
    } catch (IOException e) {
      log.error("job file not updated", Map.of("id", job.id(), "detail", String.valueOf(e)));
    }
  }

  private void ended(String id) {
    synchronized (known) {
      Known job = known.remove(id);
      if (job != null) {
        // Inserted again, so that the job that ended last is evicted last.
        known.put(id, new Known(job.digest, false));
      }
      Iterator<Known> oldest = known.values().iterator();
      for (int over = known.size() - remembered - concurrency; over > 0 && oldest.hasNext(); ) {
        if (!oldest.next().runs) {
          oldest.remove();
          over--;
        }
      }
    }
  }

  private static String digest(Job job) {
    try {
      String event = job.event() == null ? "" : job.event();
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(event.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
