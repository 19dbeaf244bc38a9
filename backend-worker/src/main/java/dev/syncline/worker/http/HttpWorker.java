// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.syncline.work.Sleeper;
import dev.syncline.worker.Job;
import dev.syncline.worker.JobOutcome;
import dev.syncline.worker.WorkerLog;
import dev.syncline.worker.host.WorkerHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that accepts jobs by {@code POST /jobs} and returns their state by {@code GET
 * /jobs/{id}}:
 *
 * <ul>
 *   <li>202 once the job is stored, and for a repeat of the same job while it runs;
 *   <li>200 with the reply envelope when the job has ended;
 *   <li>422 when the id belongs to another event, 400 and 413 for an invalid job;
 *   <li>403 for a request that a browser marks as sent by a web page;
 *   <li>503 with {@code Retry-After} when the worker is full: nothing was accepted.
 * </ul>
 *
 * <p>Jobs are stored in the configured directory; without one they are in memory, and a killed
 * process loses them. With a {@link BearerToken}, requests without it are answered with 401. Plain
 * HTTP, for a private network or behind a proxy with TLS. The maximum body is 6 MiB. Thread-safe.
 */
public final class HttpWorker implements WorkerHost {
  private static final String PATH = "/jobs";
  private static final int MAX_BODY_BYTES = 6 * 1024 * 1024;
  private static final int MAX_REQUESTS_AT_ONCE = 256;
  private static final int BACKLOG = 128;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore requests = new Semaphore(MAX_REQUESTS_AT_ONCE);
  private final HttpJobs jobs;
  private final @Nullable BearerToken token;
  private final WorkerLog log;

  /** Runs a job. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Returns the outcome that was sent; null if no task waits for the job any more.
     *
     * @throws RuntimeException if the answer was not accepted: the job is retried
     */
    @Nullable JobOutcome run(Job job) throws InterruptedException;
  }

  /**
   * Binds the address; accepts no request before {@link #start}.
   *
   * @param address port 0 for a free port
   * @param token the callers' secret; null if every client may call
   * @param directory where accepted jobs are stored; null for memory only
   * @param runner runs a job, including its delay
   * @param outcomes returns a job's outcome, null if it is unknown
   * @param concurrency the maximum number of concurrent jobs; more are refused with 503
   * @param remembered how many ended jobs' events are remembered, to detect another event under the
   *     same id
   * @throws UncheckedIOException if the address or the directory cannot be used
   */
  public HttpWorker(
      InetSocketAddress address,
      @Nullable BearerToken token,
      @Nullable Path directory,
      Runner runner,
      Function<String, @Nullable JobOutcome> outcomes,
      int concurrency,
      int remembered,
      Sleeper sleeper,
      WorkerLog log) {
    this.token = token;
    this.log = log;
    try {
      this.jobs =
          new HttpJobs(
              runner::run,
              outcomes,
              new JobFiles(directory),
              concurrency,
              remembered,
              sleeper,
              log);
      this.server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen at  " + address + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext(PATH, this::handle);
  }

  /** The bound address. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the directory cannot be read
   */
  @Override
  public void start() {
    try {
      jobs.loadUnfinished();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the jobs' directory: " + e.getMessage(), e);
    }
    server.start();
    Thread.ofVirtual().name("resume").start(this::resume);
  }

  private void resume() {
    try {
      jobs.resume();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@inheritDoc} {@code GET} requests are answered meanwhile. */
  @Override
  public void drain(Duration time) throws InterruptedException {
    jobs.drain(time);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!requests.tryAcquire()) {
        answer(exchange, new HttpJobs.Reply.NotNow("Too many concurrent requests"));
        return;
      }
      try {
        route(exchange);
      } finally {
        requests.release();
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    if (isOfPage(exchange)) {
      send(exchange, 403, problem(403, "Requests from web pages are refused"));
      return;
    }
    if (token != null && !token.allows(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      send(exchange, 401, problem(401, "Missing or invalid bearer token"));
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals(PATH)) {
      if (!method.equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        send(exchange, 405, problem(405, "Method not allowed; use POST"));
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        send(
            exchange,
            413,
            problem(413, "The maximum size of a job is " + MAX_BODY_BYTES + " bytes"));
        return;
      }
      answer(exchange, jobs.take(new String(body, StandardCharsets.UTF_8)));
    } else if (path.startsWith(PATH + "/") && method.equals("GET")) {
      answer(exchange, jobs.find(path.substring(PATH.length() + 1)));
    } else {
      send(exchange, 404, problem(404, "The paths are " + PATH + " and " + PATH + "/{id}"));
    }
  }

  /** Without a token, any web page in a browser on this machine could post jobs. */
  private static boolean isOfPage(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("Origin")
        || exchange.getRequestHeaders().containsKey("Sec-Fetch-Site");
  }

  private static void answer(HttpExchange exchange, HttpJobs.Reply reply) throws IOException {
    switch (reply) {
      case HttpJobs.Reply.Accepted accepted -> {
        exchange.getResponseHeaders().set("Location", PATH + "/" + accepted.id());
        send(exchange, 202, "{\"id\":\"" + accepted.id() + "\",\"status\":\"PROCESSING\"}");
      }
      case HttpJobs.Reply.Ended ended -> send(exchange, 200, ended.envelope());
      case HttpJobs.Reply.OtherEvent other ->
          send(exchange, 422, problem(422, "The id " + other.id() + " belongs to another event"));
      case HttpJobs.Reply.Invalid invalid -> send(exchange, 400, problem(400, invalid.why()));
      case HttpJobs.Reply.Unknown unknown -> send(exchange, 404, problem(404, "Unknown job id"));
      case HttpJobs.Reply.NotNow notNow -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, 503, problem(503, notNow.why()));
      }
    }
  }

  private static String problem(int status, String detail) {
    return "{\"status\":" + status + ",\"detail\":\"" + escaped(detail) + "\"}";
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", status < 300 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
