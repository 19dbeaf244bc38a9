// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work as a {@code POST} to an HTTP worker. The worker returns 2xx once the work is durable, and
 * publishes the answer later. A worker that returns the reply envelope has already done the work.
 * The request has the id as {@code Idempotency-Key}, so that a worker can deduplicate.
 *
 * <p>A time-out covers the whole exchange, including the response's body. If only the body is late,
 * the status has already reported the result of the start.
 *
 * <p>With a status URL, {@code GET} returns the reply envelope, {@code PROCESSING} while the work
 * runs, or 404.
 *
 * <p>Thread-safe. Redirects are not followed, because the worker's address is configured.
 */
final class HttpBackend implements Backend {

  private static final int MAX_ANSWER_BYTES = 6 * 1024 * 1024;

  private final Worker worker;
  private final Timeouts timeouts;
  private final HttpClient client;

  /** The time limits for connecting, for a start, and for a find. */
  record Timeouts(Duration connect, Duration start, Duration find) {}

  /**
   * The worker.
   *
   * @param url accepts work by POST
   * @param statusUrl with {@code {id}} in it; empty if the worker has no status URL
   * @param token sent as {@code Authorization: Bearer}; empty for none
   * @param idempotent whether the worker runs work once for all posts with one {@code
   *     Idempotency-Key}
   */
  record Worker(URI url, String statusUrl, String token, boolean idempotent) {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
      return "Worker[" + url + ", " + statusUrl + ", idempotent=" + idempotent + "]";
    }
  }

  HttpBackend(Worker worker, Timeouts timeouts) {
    this.worker = worker;
    this.timeouts = timeouts;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeouts.connect)
            .build();
  }

  /**
   * @param body empty if it exceeds the limit or did not arrive in time
   */
  private record Answer(int status, Optional<String> body) {}

  @Override
  public StartResult start(WorkRequest request) {
    HttpRequest.Builder post =
        authorized(worker.url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", request.id().value())
            .POST(HttpRequest.BodyPublishers.ofString(request.toJson(), StandardCharsets.UTF_8));
    request.traceparent().ifPresent(parent -> post.header("traceparent", parent));
    request.correlationId().ifPresent(id -> post.header("X-Correlation-Id", id));
    Answer answer;
    try {
      answer = send(post.build(), timeouts.start);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new StartResult.NotStarted("BackendUnreachable", describe(e), true);
    } catch (IOException e) {
      return new StartResult.Unconfirmed("BackendUnreachable", describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new StartResult.Unconfirmed("Interrupted", describe(e));
    }
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return answer
          .body()
          .flatMap(body -> envelope(body, request.id()))
          .<StartResult>map(StartResult.Finished::new)
          .orElseGet(StartResult.Started::new);
    }
    String error = "HttpStatus" + status;
    String detail = "the worker answered " + status;
    return switch (status) {
      case 409, 422 -> new StartResult.OtherEvent();
      // Both mean that the work was not accepted.
      case 429, 503 -> new StartResult.NotStarted(error, detail, true);
      default ->
          status >= 500
              ? new StartResult.Unconfirmed(error, detail)
              : new StartResult.NotStarted(error, detail, false);
    };
  }

  @Override
  public FindResult find(CorrelationId id) {
    if (worker.statusUrl.isEmpty()) {
      return new FindResult.Untracked();
    }
    HttpRequest get =
        authorized(URI.create(worker.statusUrl.replace("{id}", id.value()))).GET().build();
    try {
      Answer answer = send(get, timeouts.find);
      return switch (answer.status()) {
        case 200, 202 -> told(answer, id);
        case 404, 410 -> new FindResult.NotFound();
        default -> new FindResult.Unavailable("the worker answered " + answer.status());
      };
    } catch (IOException e) {
      return new FindResult.Unavailable(describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new FindResult.Unavailable(describe(e));
    }
  }

  private static FindResult told(Answer answer, CorrelationId id) {
    if (answer.body().isEmpty()) {
      return new FindResult.Unavailable(
          "the worker's answer has more than "
              + MAX_ANSWER_BYTES
              + " bytes or did not end in time");
    }
    return envelope(answer.body().get(), id)
        .<FindResult>map(FindResult.Finished::new)
        .orElseGet(FindResult.Running::new);
  }

  @Override
  public boolean repeatable(WorkRequest request) {
    return worker.idempotent;
  }

  private HttpRequest.Builder authorized(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return worker.token.isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + worker.token);
  }

  /**
   * Performs one exchange, including the response's body.
   *
   * @throws IOException if the status did not arrive in time
   */
  private Answer send(HttpRequest request, Duration limit)
      throws IOException, InterruptedException {
    AtomicInteger status = new AtomicInteger();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request,
            head -> {
              status.set(head.statusCode());
              return new BoundedBody(MAX_ANSWER_BYTES);
            });
    try {
      HttpResponse<byte[]> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
          response.statusCode(), Optional.of(new String(response.body(), StandardCharsets.UTF_8)));
    } catch (TimeoutException e) {
      if (status.get() == 0) {
        throw new IOException("no answer within " + limit.toMillis() + " ms", e);
      }
      return new Answer(status.get(), Optional.empty());
    } catch (ExecutionException e) {
      if (status.get() != 0) {
        return new Answer(status.get(), Optional.empty());
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } finally {
      // Cancels an exchange that is still running, and closes its connection.
      boolean unused = exchange.cancel(true);
    }
  }

  /** The outcome of a terminal envelope with this id. */
  private static Optional<WorkOutcome> envelope(String body, CorrelationId id) {
    try {
      ReplyEnvelope envelope = ReplyEnvelope.parse(body);
      return envelope.id().equals(id) ? envelope.outcome() : Optional.empty();
    } catch (ReplyEnvelope.Malformed e) {
      return Optional.empty();
    }
  }

  private static String describe(Exception failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
