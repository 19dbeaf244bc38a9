// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.MemoryOutcomeStore;
import dev.syncline.worker.Work;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryTasks;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ActivityWorkerTest {
  private final MemoryTasks tasks = new MemoryTasks();
  private final Jobs jobs = new Jobs();

  /** No pause ends, neither between heartbeats nor after a failed poll. */
  private final Sleeper never =
      duration -> {
        if (duration.isPositive()) {
          new CountDownLatch(1).await();
        }
      };

  private @Nullable ActivityWorker worker;

  private ActivityWorker start(Work work) {
    JobProcessor core =
        new JobProcessor(
            work,
            new TaskReplies(tasks, jobs.log),
            new MemoryOutcomeStore(),
            duration -> {},
            false,
            line -> {});
    worker =
        new ActivityWorker(
            tasks,
            new TaskHeartbeats(tasks, core, Duration.ofSeconds(20), never),
            2,
            Duration.ZERO,
            never,
            Jobs.CLOCK,
            new Random(1),
            jobs.log);
    worker.start();
    return worker;
  }

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      worker.drain(Duration.ZERO);
      worker.close();
    }
  }

  @Test
  void eachTaskIsToldItsOwnJobsResult() throws Exception {
    start((id, event) -> "{\"id\":\"" + id + "\"}");
    tasks.add("t1", Jobs.job("exec-1"));
    tasks.add("t2", Jobs.job("exec-2"));

    tasks.await("t1 succeeds {\"id\":\"exec-1\"}");
    tasks.await("t2 succeeds {\"id\":\"exec-2\"}");
  }

  @Test
  void anInputThatIsNoJobFailsItsTaskAndTheNextIsDone() throws Exception {
    start((id, event) -> "{}");
    tasks.add("bad", "{\"event\":\"{}\"}");
    tasks.add("good", Jobs.job("exec-1"));

    // Two threads work, so the second task may be told first.
    tasks.await("good succeeds {}");
    tasks.await("bad fails InvalidEvent The job's id");
  }

  @Test
  void workThatFailsFailsItsTaskUnderItsName() throws Exception {
    start(
        (id, event) -> {
          throw new IllegalStateException("out of order");
        });
    tasks.add("t", Jobs.job("exec-1"));

    tasks.await("t fails IllegalStateException out of order");
  }

  @Test
  void unfinishedTasksAtAStopFailUnderANameThatTheStateCanRetry() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ActivityWorker stopping =
        start(
            (id, event) -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "never";
            });
    tasks.add("t", Jobs.job("exec-1"));
    begun.await();

    stopping.drain(Duration.ZERO);

    tasks.await("t fails WorkerStopped The worker was stopped before the job was done");
  }
}
