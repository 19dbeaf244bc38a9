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
 * A process that takes jobs by {@code POST /jobs} and tells how they go by {@code GET /jobs/{id}}:
 *
 * <ul>
 *   <li>202 once the job is safe, and when the same job is given again while it runs;
 *   <li>200 with the reply envelope when it has ended;
 *   <li>422 when its id belongs to another event, 400 and 413 for what is no job;
 *   <li>403 for a request that a browser marks as sent by a web page;
 *   <li>503 with {@code Retry-After} when there is no room: nothing was taken.
 * </ul>
 *
 * <p>Safe means on the disk, where a directory is named; else in memory, and lost with the process.
 * With a {@link BearerToken} whoever does not know it is answered 401. Plain HTTP: for a private
 * network, or behind something that has TLS. Bodies are at most 6 MiB. Thread-safe.
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

  /** Runs a job to its end. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Returns what was answered, null if nobody waits for it any more.
     *
     * @throws RuntimeException if the answer was not accepted: the job is run again
     */
    @Nullable JobOutcome run(Job job) throws InterruptedException;
  }

  /**
   * Binds the address; takes nothing yet.
   *
   * @param address port 0 for any that is free
   * @param token what callers have to know; null if anybody may call
   * @param directory where accepted jobs are kept; null for memory only
   * @param runner runs a job, with the time it waits first
   * @param outcomes how a job ended, null if it is not known
   * @param concurrency jobs at once; more are refused with 503
   * @param remembered how many ended jobs' events are remembered to notice another under their id
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
      throw new UncheckedIOException("Cannot take jobs at " + address + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext(PATH, this::handle);
  }

  /** Where it listens. */
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
      jobs.recall();
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

  /** {@inheritDoc} Meanwhile it goes on telling how jobs go. */
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
        answer(exchange, new HttpJobs.Reply.NotNow("There are too many requests at once"));
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
      send(exchange, 403, problem(403, "Jobs are taken from programs, not from web pages"));
      return;
    }
    if (token != null && !token.allows(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      send(exchange, 401, problem(401, "Say who you are: Authorization: Bearer and the token"));
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals(PATH)) {
      if (!method.equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        send(exchange, 405, problem(405, "Jobs are taken by POST"));
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      if (body.length > MAX_BODY_BYTES) {
        send(exchange, 413, problem(413, "A job is at most " + MAX_BODY_BYTES + " bytes"));
        return;
      }
      answer(exchange, jobs.take(new String(body, StandardCharsets.UTF_8)));
    } else if (path.startsWith(PATH + "/") && method.equals("GET")) {
      answer(exchange, jobs.find(path.substring(PATH.length() + 1)));
    } else {
      send(exchange, 404, problem(404, "There is " + PATH + " and " + PATH + "/{id}"));
    }
  }

  /** Without a token any page that the user of this machine visits could give jobs. */
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
      case HttpJobs.Reply.Unknown unknown -> send(exchange, 404, problem(404, "Not known here"));
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
