// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.JobProcessor;
import dev.syncline.worker.OutcomeStore;
import dev.syncline.worker.Work;
import dev.syncline.worker.testing.Jobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpWorkerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path directory;

  private final Jobs jobs = new Jobs();
  private final Semaphore pauses = new Semaphore(0);
  private final Sleeper sleeper = duration -> pauses.acquire();
  private @Nullable HttpWorker worker;
  private @Nullable BearerToken token;

  /** A store like that of every worker process. */
  private HttpWorker start(Work work, int concurrency, @Nullable Path kept) {
    JobProcessor core = jobs.core(work);
    return start(core::process, core, concurrency, kept);
  }

  private HttpWorker start(
      HttpWorker.Runner runner, JobProcessor core, int concurrency, @Nullable Path kept) {
    HttpWorker started =
        new HttpWorker(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            token,
            kept,
            runner,
            core::outcome,
            concurrency,
            100,
            sleeper,
            jobs.log);
    started.start();
    worker = started;
    return started;
  }

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      pauses.release(100);
      worker.drain(Duration.ofSeconds(1));
      worker.close();
    }
  }

  private HttpResponse<String> post(String job) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("")).POST(HttpRequest.BodyPublishers.ofString(job)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String id) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("/" + id)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    if (worker == null) {
      throw new IllegalStateException("not started");
    }
    return URI.create("http://127.0.0.1:" + worker.address().getPort() + "/jobs" + path);
  }

  private HttpResponse<String> awaitEnd(String id) throws IOException, InterruptedException {
    HttpResponse<String> response = get(id);
    while (response.statusCode() == 202) {
      Thread.onSpinWait();
      response = get(id);
    }
    return response;
  }

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

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, 'null'",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-origin",
  })
  void aWebPageMayNeitherGiveNorAsk(String header, String value) throws Exception {
    var ran = new AtomicInteger();
    start(
        (id, event) -> {
          ran.incrementAndGet();
          return "{}";
        },
        4,
        null);

    for (HttpRequest.Builder request :
        List.of(
            HttpRequest.newBuilder(uri(""))
                .POST(HttpRequest.BodyPublishers.ofString(Jobs.job("exec-1"))),
            HttpRequest.newBuilder(uri("/exec-1")))) {
      HttpResponse<String> refused =
          CLIENT.send(
              request.header(header, value).header("Content-Type", "text/plain").build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("Requests from web pages are refused");
    }
    assertThat(get("exec-1").statusCode()).isEqualTo(404);
    assertThat(ran).hasValue(0);
  }

  /** Such an id would become part of the URL of the outcome. */
  @Test
  void anIdThatNoJobCanHaveIsNotLookedUp() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    worker =
        new HttpWorker(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            null,
            job -> null,
            id -> {
              asked.add(id);
              return null;
            },
            1,
            100,
            sleeper,
            jobs.log);
    worker.start();
    for (String id :
        List.of("x%3Flist-type=2%26prefix=", "..%2F..%2Fother%2Fk", "a%20b", "%2e%2e", "a%00")) {
      assertThat(get(id).statusCode()).as(id).isEqualTo(404);
    }
    assertThat(asked).isEmpty();
    assertThat(get("exec-1").statusCode()).isEqualTo(404);
    assertThat(asked).containsExactly("exec-1");
  }

  @Test
  void whoDoesNotKnowTheTokenMayNeitherGiveNorAsk() throws Exception {
    token = new BearerToken("0123456789abcdef");
    start((id, event) -> "{}", 4, null);

    HttpResponse<String> refused = post(Jobs.job("exec-1"));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(get("exec-1").statusCode()).isEqualTo(401);
    for (String wrong :
        List.of(
            "Bearer 0123456789abcdeF",
            "Bearer 0123456789abcdef0",
            "Bearer",
            "Basic 0123456789abcdef")) {
      assertThat(postAs(wrong).statusCode()).as(wrong).isEqualTo(401);
    }
    assertThat(postAs("Bearer 0123456789abcdef").statusCode()).isIn(200, 202);
    assertThat(postAs("bearer 0123456789abcdef").statusCode()).isIn(200, 202);
  }

  private HttpResponse<String> postAs(String authorization) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(""))
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofString(Jobs.job("exec-1")))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aTokenThatCouldBeGuessedIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> new BearerToken("short"))
        .hasMessageContaining("at least 16")
        .hasMessageNotContaining("short,")
        .hasMessageNotContaining("\"short\"");
    assertThat(new BearerToken("0123456789abcdef")).hasToString("BearerToken");
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
  void whatThereIsNoRoomForIsNotTaken() throws Exception {
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
  void whatIsNoJobIsRefusedWithTheReason() throws Exception {
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
  void aJobWhoseAnswerNobodyTakesIsSetAside() throws Exception {
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

  @Test
  void theBucketOfOutcomesThatDoesNotAnswerIsNoRefusalForGood() throws Exception {
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

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
