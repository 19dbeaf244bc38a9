// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.testing.Jobs;
import dev.syncline.worker.testing.MemoryQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobMessageHandlerTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  private final Jobs jobs = new Jobs();
  private final MemoryQueue queue = new MemoryQueue(5);
  private final List<Duration> slept = new ArrayList<>();

  @Test
  void aJobWaitsInTheQueueAndIsToldSo() throws Exception {
    assertThat(handle(TEN, queue, message(Duration.ZERO, null, 1)))
        .isEqualTo(JobMessageHandler.Verdict.DONE);

    assertThat(queue.calls).containsExactly("sendAgain m1 PT10S PT0S");
    assertThat(jobs.told).containsExactly("exec-1 PENDING");
    assertThat(slept).isEmpty();
  }

  @Test
  void aJobThatHasWaitedIsDone() throws Exception {
    assertThat(handle(TEN, queue, message(Duration.ZERO, Duration.ZERO, 1)))
        .isEqualTo(JobMessageHandler.Verdict.DONE);

    assertThat(queue.calls).isEmpty();
    assertThat(jobs.told).containsExactly("exec-1 PROCESSING", "exec-1 COMPLETED");
  }

  @Test
  void delaysOfTheQueueItselfCount() throws Exception {
    handle(TEN, queue, message(Duration.ofSeconds(4), null, 1));
    assertThat(queue.calls).containsExactly("sendAgain m1 PT6S PT0S");

    handle(TEN, queue, message(TEN, null, 1));
    assertThat(jobs.told).endsWith("exec-1 PROCESSING", "exec-1 COMPLETED");
  }

  @Test
  void aLastMomentIsWaitedHere() throws Exception {
    handle(TEN, queue, message(Duration.ofMillis(9_400), null, 1));

    assertThat(slept).containsExactly(Duration.ofMillis(600));
    assertThat(queue.calls).isEmpty();
    assertThat(jobs.told)
        .containsExactly("exec-1 PENDING", "exec-1 PROCESSING", "exec-1 COMPLETED");
  }

  @Test
  void aDelayAboveTheQueuesLimitTakesSeveralTurns() throws Exception {
    handle(Duration.ofMinutes(40), queue, message(Duration.ZERO, null, 1));
    handle(Duration.ofMinutes(40), queue, message(Duration.ZERO, Duration.ofMinutes(25), 1));

    assertThat(queue.calls).containsExactly("sendAgain m1 PT15M PT25M", "sendAgain m1 PT15M PT10M");
    assertThat(jobs.told).containsExactly("exec-1 PENDING");
  }

  @Test
  void aFifoMessageIsHiddenInsteadAndItsSecondReceiptIsItsTurn() throws Exception {
    MemoryQueue fifo = new MemoryQueue(true, 5);

    assertThat(handle(TEN, fifo, message(Duration.ZERO, null, 1)))
        .isEqualTo(JobMessageHandler.Verdict.WAITS);
    assertThat(handle(TEN, fifo, message(Duration.ZERO, null, 2)))
        .isEqualTo(JobMessageHandler.Verdict.DONE);

    assertThat(fifo.calls).containsExactly("hide m1 PT10S");
    assertThat(jobs.told).endsWith("exec-1 COMPLETED");
  }

  @Test
  void invalidJobsFailNamingTheField() throws Exception {
    JobMessage poison = new JobMessage("m1", "r1", "{\"id\":\"exec-1\"}", 1, Duration.ZERO, null);

    assertThat(handle(TEN, queue, poison)).isEqualTo(JobMessageHandler.Verdict.FAILED);

    assertThat(jobs.lines).singleElement().asString().contains("not a job", "replyTo", "m1");
  }

  @Test
  void anAnswerThatIsNotAcceptedFailsTheMessageAndTheSecondTimeIsTheSameAnswer() throws Exception {
    List<String> worked = new ArrayList<>();
    List<String> answered = new ArrayList<>();
    JobProcessor core =
        new JobProcessor(
            (id, event) -> {
              worked.add(id);
              return "{\"n\":" + worked.size() + "}";
            },
            new FailingOnce(answered),
            new dev.syncline.worker.MemoryOutcomeStore(),
            duration -> {},
            false,
            line -> {});
    JobMessageHandler handler = handler(core, Duration.ZERO);

    assertThat(handler.handle(queue, message(Duration.ZERO, null, 1)))
        .isEqualTo(JobMessageHandler.Verdict.FAILED);
    assertThat(handler.handle(queue, message(Duration.ZERO, null, 2)))
        .isEqualTo(JobMessageHandler.Verdict.DONE);

    assertThat(worked).hasSize(1);
    assertThat(answered).containsExactly("refused {\"n\":1}", "{\"n\":1}");
  }

  @Test
  void aMessageThatFailsIsLeftAloneForTwiceAsLongEachTime() {
    assertThat(JobMessageHandler.backoff(message(Duration.ZERO, null, 1)))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(JobMessageHandler.backoff(message(Duration.ZERO, null, 4)))
        .isEqualTo(Duration.ofSeconds(8));
    assertThat(JobMessageHandler.backoff(message(Duration.ZERO, null, 99)))
        .isEqualTo(Duration.ofSeconds(512));
  }

  private JobMessageHandler.Verdict handle(Duration delay, JobQueue from, JobMessage message)
      throws Exception {
    return handler(jobs.core((id, event) -> "{}"), delay).handle(from, message);
  }

  private JobMessageHandler handler(JobProcessor core, Duration delay) {
    return new JobMessageHandler(core, core::process, delay, slept::add, Jobs.CLOCK, jobs.log);
  }

  private static JobMessage message(
      Duration inQueue, @Nullable Duration stillToWait, int receiveCount) {
    return new JobMessage("m1", "r1", Jobs.job("exec-1"), receiveCount, inQueue, stillToWait);
  }
}
