// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.OutcomeStore;
import dev.syncline.worker.testing.Jobs;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Jobs over HTTP: how they are accepted, answered, kept and finished. */
class HttpWorkerTest extends HttpWorkerFixture {
  @Test
  void aJobIsAcceptedDoneAnsweredAndThenKnown() throws Exception {
    start((id, event) -> "{\"fullName\":\"A\"}", 4, null);

    HttpResponse<String> accepted = post(Jobs.job("exec-1"));
    assertThat(accepted.statusCode()).isIn(200, 202);
    HttpResponse<String> ended = awaitEnd("exec-1");
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(ended.body())
        .isEqualTo("{\"id\":\"exec-1\",\"status\":\"COMPLETED\",\"result\":{\"fullName\":\"A\"}}");
  }

  @Test
  void aJobThatIsGivenAgainIsDoneOnce() throws Exception {
    var runs = new AtomicInteger();
    var go = new CountDownLatch(1);
    start(
        (id, event) -> {
          runs.incrementAndGet();
          await(go);
          return "{}";
        },
        4,
        null);

    assertThat(post(Jobs.job("exec-1")).statusCode()).isEqualTo(202);
    HttpResponse<String> again = post(Jobs.job("exec-1"));
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.headers().firstValue("Location")).contains("/jobs/exec-1");
    go.countDown();
    awaitEnd("exec-1");
    assertThat(post(Jobs.job("exec-1")).statusCode()).isEqualTo(200);
    assertThat(runs).hasValue(1);
  }

  @Test
  void anotherEventUnderTheSameIdIsRefused() throws Exception {
    start((id, event) -> "{}", 4, null);
    post(Jobs.job("exec-1"));

    String other = Jobs.job("exec-1").replace("\"{}\"", "\"[]\"");
    assertThat(post(other).statusCode()).isEqualTo(422);
    awaitEnd("exec-1");
    assertThat(post(other).statusCode()).isEqualTo(422);
  }

  @Test
  void jobsBeyondTheCapacityAreNotAccepted() throws Exception {
    var go = new CountDownLatch(1);
    start(
        (id, event) -> {
          await(go);
          return "{}";
        },
        1,
        null);
    post(Jobs.job("exec-1"));

    HttpResponse<String> refused = post(Jobs.job("exec-2"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(get("exec-2").statusCode()).isEqualTo(404);
    go.countDown();
  }

  @Test
  void invalidJobsAreRefusedWithTheReason() throws Exception {
    start((id, event) -> "{}", 4, null);

    HttpResponse<String> refused = post("{\"id\":\"exec-1\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("replyTo");
    assertThat(post(Jobs.job("../../etc")).statusCode()).isEqualTo(400);
    assertThat(post("x".repeat(6 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
  }

  @Test
  void anAnswerThatIsNotAcceptedIsGivenAgain() throws Exception {
    JobProcessor core = jobs.core((id, event) -> "{}");
    var attempts = new AtomicInteger();
    start(
        job -> {
          if (attempts.incrementAndGet() < 3) {
            throw new IllegalStateException("the channel is down");
          }
          return core.process(job);
        },
        core,
        4,
        directory);
    pauses.release(2);

    post(Jobs.job("exec-1"));
    awaitEnd("exec-1");
    assertThat(attempts).hasValue(3);
    assertThat(jobs.told).contains("exec-1 COMPLETED");
  }

  @Test
  void aJobWhoseAnswerIsNeverAcceptedIsSetAside() throws Exception {
    JobProcessor core = jobs.core((id, event) -> "{}");
    start(
        job -> {
          throw new IllegalStateException("the channel is gone");
        },
        core,
        4,
        directory);
    pauses.release(7);

    post(Jobs.job("exec-1"));
    // Not with a drain, whose pause would use one of the permits.
    assertThat(awaitEnd("exec-1").statusCode()).isEqualTo(404);
    assertThat(names()).containsExactly("exec-1.failed");
  }

  @Test
  void anUnavailableBucketOfOutcomesIsNoPermanentRefusal() throws Exception {
    var broken =
        new JobProcessor(
            (id, event) -> "{}",
            jobs,
            new OutcomeStore() {
              @Override
              public JobOutcome find(String id) {
                throw new IllegalStateException("the bucket is away");
              }

              @Override
              public JobOutcome keep(String id, JobOutcome outcome) {
                return outcome;
              }
            },
            sleeper,
            false,
            jobs.told::add);
    start(broken::process, broken, 4, null);

    assertThat(post(Jobs.job("exec-1")).statusCode()).isEqualTo(503);
    assertThat(get("exec-1").statusCode()).isEqualTo(503);
  }
}
