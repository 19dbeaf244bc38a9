// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.Work;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryQueue;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueWorkerTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final Jobs jobs = new Jobs();
  private final MemoryQueue queue = new MemoryQueue(3);
  private static final Duration BEAT = VISIBILITY.dividedBy(3);

  private final Semaphore beats = new Semaphore(0);
  private final Semaphore drains = new Semaphore(0);

  /** Time that the test lets pass, sleep by sleep. */
  private final Sleeper sleeper = duration -> (duration.equals(BEAT) ? beats : drains).acquire();

  private QueueWorker worker = worker((id, event) -> "{}", 4);

  private QueueWorker worker(Work work, int concurrency) {
    var core = jobs.core(work);
    var handler =
        new JobMessageHandler(core, core::process, Duration.ZERO, sleeper, Jobs.CLOCK, jobs.log);
    return new QueueWorker(
        queue,
        handler,
        concurrency,
        Duration.ofSeconds(20),
        VISIBILITY,
        sleeper,
        () -> 0,
        jobs.log);
  }

  @AfterEach
  void stop() throws Exception {
    drains.release(10);
    worker.drain(Duration.ofSeconds(1));
    worker.close();
  }

  @Test
  void jobsAreDoneAndThenTakenOutOfTheQueue() throws Exception {
    for (int i = 0; i < 25; i++) {
      queue.send(Jobs.job("exec-" + i));
    }
    worker.start();
    queue.awaitEmpty();

    for (int i = 0; i < 25; i++) {
      assertThat(jobs.told).contains("exec-" + i + " COMPLETED");
    }
  }

  @Test
  void noMoreJobsRunAtOnceThanThereIsRoomFor() throws Exception {
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    worker =
        worker(
            (id, event) -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              Thread.yield();
              atOnce.decrementAndGet();
              return "{}";
            },
            3);
    for (int i = 0; i < 200; i++) {
      queue.send(Jobs.job("exec-" + i));
    }
    worker.start();
    queue.awaitEmpty();

    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void aLongJobsMessageIsKeptInvisible() throws Exception {
    var release = new CountDownLatch(1);
    worker =
        worker(
            (id, event) -> {
              release.await();
              return "{}";
            },
            1);
    queue.send(Jobs.job("exec-1"));
    worker.start();
    beats.release(3);
    queue.awaitCalls("hide m1 PT30S", 3);
    release.countDown();
    queue.awaitEmpty();

    assertThat(queue.calls).contains("delete m1");
  }

  @Test
  void aPoisonMessageComesBackUntilTheQueuePutsItAside() throws Exception {
    queue.send("no job");
    worker.start();
    for (int i = 0; i < 3; i++) {
      queue.awaitCalls("hide m1", i + 1);
      queue.timePasses();
    }
    queue.awaitEmpty();

    assertThat(queue.deadLetters).containsExactly("no job");
    assertThat(queue.calls).contains("hide m1 PT1S", "hide m1 PT2S", "hide m1 PT4S");
    assertThat(queue.calls).doesNotContain("delete m1");
  }

  @Test
  void drainingWaitsForWhatRunsAndReceivesNoMore() throws Exception {
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    worker =
        worker(
            (id, event) -> {
              begun.countDown();
              release.await();
              return "{}";
            },
            2);
    queue.send(Jobs.job("exec-1"));
    worker.start();
    begun.await();
    // A drain that began before the second poll would let none begin.
    queue.awaitCalls("receive", 2);
    Thread draining =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    worker.drain(Duration.ofSeconds(10));
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    // After half of the drain's time the running poll is interrupted.
    drains.release();
    release.countDown();
    draining.join();
    queue.send(Jobs.job("exec-2"));

    assertThat(jobs.told).contains("exec-1 COMPLETED");
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void lateJobsAreReturnedAndDoneByAnotherWorker() throws Exception {
    var begun = new CountDownLatch(1);
    worker =
        worker(
            (id, event) -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "{}";
            },
            1);
    queue.send(Jobs.job("exec-1"));
    worker.start();
    begun.await();
    drains.release(2);
    worker.drain(Duration.ofSeconds(10));

    assertThat(queue.calls).contains("hide m1 PT0S").doesNotContain("delete m1");
    assertThat(jobs.told).containsExactly("exec-1 PROCESSING");
    worker = worker((id, event) -> "{}", 1);
    worker.start();
    queue.awaitEmpty();
    assertThat(jobs.told).contains("exec-1 COMPLETED");
  }

  @Test
  void aQueueInTroubleIsAskedAgainAfterAPause() throws Exception {
    var polls = new AtomicInteger();
    var pauses = new Semaphore(0);
    JobQueue troubled =
        (JobQueue)
            java.lang.reflect.Proxy.newProxyInstance(
                JobQueue.class.getClassLoader(),
                new Class<?>[] {JobQueue.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("receive") && polls.incrementAndGet() <= 3) {
                    throw new IllegalStateException("no queue");
                  }
                  return method.invoke(queue, arguments);
                });
    var core = jobs.core((id, event) -> "{}");
    Sleeper counting =
        duration -> {
          if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            pauses.release();
          } else {
            new CountDownLatch(1).await();
          }
        };
    worker =
        new QueueWorker(
            troubled,
            new JobMessageHandler(
                core, core::process, Duration.ZERO, counting, Jobs.CLOCK, jobs.log),
            1,
            Duration.ZERO,
            VISIBILITY,
            counting,
            () -> 0,
            jobs.log);
    queue.send(Jobs.job("exec-1"));
    worker.start();
    queue.awaitEmpty();

    assertThat(pauses.tryAcquire(3, 0, TimeUnit.SECONDS)).isTrue();
    assertThat(jobs.lines).filteredOn(line -> line.contains("poll failed")).hasSize(3);
    queue.send("");
  }
}
