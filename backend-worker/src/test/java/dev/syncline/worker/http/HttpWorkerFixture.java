// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import dev.syncline.work.Sleeper;
import dev.syncline.worker.JobProcessor;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An HTTP worker with jobs in a directory, and a client of it. */
@Timeout(60)
abstract class HttpWorkerFixture {
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path directory;

  final Jobs jobs = new Jobs();
  final Semaphore pauses = new Semaphore(0);
  final Sleeper sleeper = duration -> pauses.acquire();
  @Nullable HttpWorker worker;
  @Nullable BearerToken token;

  /** A store like that of every worker process. */
  HttpWorker start(Work work, int concurrency, @Nullable Path kept) {
    JobProcessor core = jobs.core(work);
    return start(core::process, core, concurrency, kept);
  }

  HttpWorker start(
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

  HttpResponse<String> post(String job) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("")).POST(HttpRequest.BodyPublishers.ofString(job)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String id) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("/" + id)).build(), HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    if (worker == null) {
      throw new IllegalStateException("not started");
    }
    return URI.create("http://127.0.0.1:" + worker.address().getPort() + "/jobs" + path);
  }

  HttpResponse<String> awaitEnd(String id) throws IOException, InterruptedException {
    HttpResponse<String> response = get(id);
    while (response.statusCode() == 202) {
      Thread.onSpinWait();
      response = get(id);
    }
    return response;
  }

  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
