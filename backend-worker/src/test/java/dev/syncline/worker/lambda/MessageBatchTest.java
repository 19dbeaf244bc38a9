// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.Work;
import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.JobMessageHandler;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages of a batch that stay in the queue. */
@Timeout(60)
class MessageBatchTest {
  private static final Work WORK = (id, event) -> "{}";
  private static final String NO_JOB = "poison";

  /** The function's time never ends. */
  private static final Sleeper FOR_EVER = time -> new CountDownLatch(1).await();

  private final Jobs jobs = new Jobs();
  private final MemoryQueue standard = new MemoryQueue(5);
  private final MemoryQueue fifo = new MemoryQueue(true, 5);

  @Test
  void ofAStandardQueueOnlyWhatFailedStays() throws Exception {
    assertThat(left(standard, Duration.ZERO, Jobs.job("a"), NO_JOB, Jobs.job("c")))
        .containsExactly("m2");
    assertThat(jobs.told).contains("a COMPLETED", "c COMPLETED");
  }

  @Test
  void ofAFifoQueueEverythingFromTheFirstFailureOnStaysUntouched() throws Exception {
    assertThat(left(fifo, Duration.ZERO, Jobs.job("a"), NO_JOB, Jobs.job("c"), Jobs.job("d")))
        .containsExactly("m2", "m3", "m4");
    assertThat(jobs.told).containsExactly("a PROCESSING", "a COMPLETED");
  }

  @Test
  void aFifoQueuesJobsAreDoneOneAfterTheOther() throws Exception {
    assertThat(left(fifo, Duration.ZERO, Jobs.job("a"), Jobs.job("b"))).isEmpty();
    assertThat(jobs.told)
        .filteredOn(line -> line.endsWith("COMPLETED"))
        .containsExactly("a COMPLETED", "b COMPLETED");
  }

  @Test
  void jobsThatHaveToWaitDoSoInTheQueueAndTheirMessagesAreDone() throws Exception {
    assertThat(left(standard, Duration.ofSeconds(10), Jobs.job("a"), Jobs.job("b"))).isEmpty();
    assertThat(standard.calls)
        .containsExactlyInAnyOrder("sendAgain m1 PT10S PT0S", "sendAgain m2 PT10S PT0S");
    assertThat(jobs.told).containsExactlyInAnyOrder("a PENDING", "b PENDING");
  }

  @Test
  void aFifoJobThatHasToWaitIsHiddenAndHoldsUpWhatComesAfterIt() throws Exception {
    assertThat(left(fifo, Duration.ofSeconds(10), Jobs.job("a"), Jobs.job("b")))
        .containsExactly("m1", "m2");
    assertThat(fifo.calls).containsExactly("hide m1 PT10S");
  }

  @Test
  void unfinishedMessagesAtTheFunctionsTimeLimitStay() throws Exception {
    var answered = new CountDownLatch(1);
    JobProcessor core = jobs.core(WORK);
    JobMessageHandler handler =
        new JobMessageHandler(
            core,
            job -> {
              if (job.id().equals("b")) {
                new CountDownLatch(1).await();
              }
              var outcome = core.process(job);
              answered.countDown();
              return outcome;
            },
            Duration.ZERO,
            time -> {},
            Jobs.CLOCK,
            jobs.log);

    List<JobMessage> left =
        // The time limit ends after the first job has been answered.
        new MessageBatch(handler, time -> answered.await())
            .handle(standard, messages(Jobs.job("a"), Jobs.job("b")), Duration.ofSeconds(28));

    assertThat(left).extracting(JobMessage::messageId).containsExactly("m2");
  }

  private List<String> left(MemoryQueue queue, Duration delay, String... bodies) throws Exception {
    JobProcessor core = jobs.core(WORK);
    var handler =
        new JobMessageHandler(core, core::process, delay, time -> {}, Jobs.CLOCK, jobs.log);
    return new MessageBatch(handler, FOR_EVER)
        .handle(queue, messages(bodies), Duration.ofSeconds(28)).stream()
            .map(JobMessage::messageId)
            .toList();
  }

  /** Each received for the first time, named m1, m2 and so on. */
  private static List<JobMessage> messages(String... bodies) {
    return Stream.iterate(0, i -> i < bodies.length, i -> i + 1)
        .map(i -> new JobMessage("m" + (i + 1), "r" + (i + 1), bodies[i], 1, Duration.ZERO, null))
        .toList();
  }
}
