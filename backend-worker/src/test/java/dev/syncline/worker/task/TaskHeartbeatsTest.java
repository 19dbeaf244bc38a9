// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.publisher.Channel;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryTasks;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskHeartbeatsTest {
  private static final Duration EVERY = Duration.ofSeconds(20);
  private static final Job PLAIN = new Job("exec-1", Channel.of("/ns/env/exec-1"), "{}");
  private static final Job OF_TASK = PLAIN.withTaskToken("token");

  private final MemoryTasks tasks = new MemoryTasks();
  private final Jobs jobs = new Jobs();

  /** Each permit ends one pause between heartbeats. */
  private final Semaphore pauses = new Semaphore(0);

  private final Sleeper sleeper = duration -> pauses.acquire();

  @Test
  void aTaskIsToldThatItIsWorkedOnUntilItsJobEnds() throws Exception {
    TaskHeartbeats heartbeats =
        new TaskHeartbeats(
            tasks,
            jobs.core(
                (id, event) -> {
                  pauses.release(2);
                  tasks.await("token beats");
                  return "{}";
                }),
            EVERY,
            sleeper);

    assertThat(heartbeats.process(OF_TASK, Duration.ZERO))
        .isEqualTo(new JobOutcome.Completed("{}"));
    assertThat(tasks.told).contains("token beats");
  }

  @Test
  void workThatNoTaskWaitsForIsInterruptedWithoutAnAnswer() throws Exception {
    tasks.giveUp("token");
    pauses.release();
    TaskHeartbeats heartbeats =
        new TaskHeartbeats(
            tasks,
            jobs.core(
                (id, event) -> {
                  new CountDownLatch(1).await();
                  return "never";
                }),
            EVERY,
            sleeper);

    assertThat(heartbeats.process(OF_TASK, Duration.ZERO)).isNull();
    assertThat(Thread.currentThread().isInterrupted())
        .as("its interrupt goes no further")
        .isFalse();
    assertThat(jobs.told).noneMatch(line -> line.contains("COMPLETED"));
  }

  @Test
  void anInterruptFromAnotherThreadIsHandedOn() {
    TaskHeartbeats heartbeats =
        new TaskHeartbeats(
            tasks,
            jobs.core(
                (id, event) -> {
                  Thread.currentThread().interrupt();
                  new CountDownLatch(1).await();
                  return "never";
                }),
            EVERY,
            sleeper);

    assertThatThrownBy(() -> heartbeats.process(OF_TASK, Duration.ZERO))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aJobWithoutATaskTellsNone() throws Exception {
    pauses.release(10);
    TaskHeartbeats heartbeats =
        new TaskHeartbeats(tasks, jobs.core((id, event) -> "{}"), EVERY, sleeper);

    assertThat(heartbeats.process(PLAIN, Duration.ofSeconds(3)))
        .isEqualTo(new JobOutcome.Completed("{}"));
    assertThat(tasks.told).isEmpty();
    assertThat(jobs.told).contains("slept PT3S", "exec-1 COMPLETED");
  }

  @Test
  void withAnIntervalOfZeroNoTaskIsTold() throws Exception {
    pauses.release(10);
    TaskHeartbeats heartbeats =
        new TaskHeartbeats(tasks, jobs.core((id, event) -> "{}"), Duration.ZERO, sleeper);

    heartbeats.process(OF_TASK, Duration.ZERO);
    assertThat(tasks.told).isEmpty();
  }
}
