// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.testing.Jobs;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Jobs that a process of the HTTP worker leaves to the next one. */
class HttpWorkerRestartTest extends HttpWorkerFixture {
  @Test
  void aJobOfAProcessThatEndedInMidWorkIsDoneByTheNext() throws Exception {
    var begun = new CountDownLatch(1);
    JobProcessor core = jobs.core((id, event) -> "{}");
    HttpWorker first =
        start(
            job -> {
              begun.countDown();
              new CountDownLatch(1).await();
              throw new IllegalStateException("not reached");
            },
            core,
            4,
            directory);
    assertThat(post(Jobs.job("exec-1")).statusCode()).isEqualTo(202);
    begun.await();
    // The time limit of the drain ends at once: the job is interrupted.
    pauses.release();
    first.drain(Duration.ofSeconds(1));
    first.close();
    assertThat(names()).containsExactly("exec-1.job");

    HttpWorker second = start((id, event) -> "{\"done\":\"later\"}", 4, directory);
    HttpResponse<String> found = get("exec-1");
    while (found.statusCode() != 200) {
      Thread.onSpinWait();
      found = get("exec-1");
    }
    assertThat(found.body()).contains("later");
    second.drain(Duration.ofSeconds(1));
    assertThat(names()).isEmpty();
  }

  @Test
  void aWorkerKnowsWhatWasLeftToItBeforeItHasRoomForIt() throws Exception {
    Files.writeString(directory.resolve("exec-1.job"), Jobs.job("exec-1"));
    Files.writeString(directory.resolve("exec-2.job"), Jobs.job("exec-2"));
    var go = new CountDownLatch(1);
    start(
        (id, event) -> {
          await(go);
          return "{}";
        },
        1,
        directory);

    assertThat(get("exec-1").statusCode()).isEqualTo(202);
    assertThat(get("exec-2").statusCode()).isEqualTo(202);
    assertThat(post(Jobs.job("exec-2")).statusCode()).isEqualTo(202);
    go.countDown();
    assertThat(awaitEnd("exec-1").statusCode()).isEqualTo(200);
    assertThat(awaitEnd("exec-2").statusCode()).isEqualTo(200);
  }

  @Test
  void aWorkerThatStopsFinishesWhatItHasAndTakesNoMore() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    HttpWorker stopping =
        start(
            (id, event) -> {
              begun.countDown();
              await(go);
              return "{}";
            },
            4,
            null);
    post(Jobs.job("exec-1"));
    begun.await();
    Thread drain =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    stopping.drain(Duration.ofSeconds(1));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    int more = 0;
    HttpResponse<String> refused = post(Jobs.job("exec-2"));
    while (refused.statusCode() != 503) {
      refused = post(Jobs.job("exec-" + (2 + ++more)));
    }
    go.countDown();
    drain.join();
    assertThat(jobs.told).contains("exec-1 COMPLETED");
  }
}
