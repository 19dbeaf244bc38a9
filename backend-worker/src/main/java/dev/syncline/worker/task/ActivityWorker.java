// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.InvalidJobException;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobReader;
import dev.syncline.worker.WorkException;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.host.PollLoop;
import dev.syncline.worker.host.WorkerHost;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A process that works for a Step Functions activity. When a worker is killed, the state's retry
 * gives its task to another worker; {@code HeartbeatSeconds} in the definition detects this early.
 * Thread-safe.
 */
public final class ActivityWorker implements WorkerHost {
  /** The error of a task that a stopping worker could not finish; the state should retry it. */
  public static final String STOPPED = "WorkerStopped";

  private final Tasks tasks;
  private final TaskHeartbeats heartbeats;
  private final Duration delay;
  private final Clock clock;
  private final WorkerLog log;
  private final PollLoop<Tasks.Task> loop;

  /**
   * Creates a worker; {@link #start} starts it.
   *
   * @param concurrency the maximum number of concurrent jobs
   * @param delay how long a job waits before its work
   */
  public ActivityWorker(
      Tasks tasks,
      TaskHeartbeats heartbeats,
      int concurrency,
      Duration delay,
      Sleeper sleeper,
      Clock clock,
      RandomGenerator random,
      WorkerLog log) {
    this.tasks = tasks;
    this.heartbeats = heartbeats;
    this.delay = delay;
    this.clock = clock;
    this.log = log;
    this.loop = new PollLoop<>("activity", new Activity(), concurrency, 1, sleeper, random, log);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void drain(Duration time) throws InterruptedException {
    loop.drain(time);
  }

  @Override
  public void close() {
    tasks.close();
  }

  private final class Activity implements PollLoop.Source<Tasks.Task> {
    @Override
    public List<Tasks.Task> poll(int room) {
      Tasks.Task task = tasks.next();
      return task == null ? List.of() : List.of(task);
    }

    @Override
    public void handle(Tasks.Task task) throws InterruptedException {
      long start = clock.millis();
      Job job;
      try {
        job = JobReader.readTask(task.input(), task.token());
      } catch (InvalidJobException e) {
        String cause = String.valueOf(e.getMessage());
        log.error("not a job", Map.of("detail", cause));
        tasks.fail(task.token(), WorkException.INVALID_EVENT, cause);
        return;
      }
      JobOutcome outcome = heartbeats.process(job, delay);
      log.info(
          outcome == null ? "task no longer waits" : "job answered",
          Map.of(
              "id",
              job.id(),
              "status",
              outcome == null ? "dropped" : outcome.status(),
              "ms",
              clock.millis() - start));
    }

    /**
     * An activity's task cannot be put back, so it fails with an error that the state can retry.
     */
    @Override
    public void putBack(Tasks.Task task) {
      tasks.fail(task.token(), STOPPED, "The worker was stopped before the job was done");
    }
  }
}
