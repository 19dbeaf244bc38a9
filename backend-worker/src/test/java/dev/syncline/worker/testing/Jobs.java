// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.testing;

import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.JobReplies;
import dev.syncline.worker.MemoryOutcomeStore;
import dev.syncline.worker.Progress;
import dev.syncline.worker.Work;
import dev.syncline.worker.WorkerLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Job texts, and a core whose answers are kept. */
public final class Jobs implements JobReplies {
  /** A clock with a fixed time. */
  public static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  /** The answers and progress, in order. */
  public final List<String> told = new CopyOnWriteArrayList<>();

  /** The log lines. */
  public final List<String> lines = new CopyOnWriteArrayList<>();

  /** The log that fills {@link #lines}. */
  public final WorkerLog log = new WorkerLog(CLOCK, lines::add);

  /** A job as the bridge writes it. */
  public static String job(String id) {
    return "{\"id\":\"" + id + "\",\"replyTo\":\"/ns/env/" + id + "\",\"event\":\"{}\"}";
  }

  /** A core without delays that publishes progress. */
  public JobProcessor core(Work work) {
    return new JobProcessor(
        work,
        this,
        new MemoryOutcomeStore(),
        duration -> {
          if (duration.isPositive()) {
            told.add("slept " + duration);
          }
        },
        true,
        told::add);
  }

  @Override
  public JobOutcome answer(Job job, JobOutcome outcome) {
    told.add(job.id() + " " + outcome.status());
    return outcome;
  }

  @Override
  public void reportProgress(Job job, Progress progress) {
    told.add(job.id() + " " + progress);
  }
}
