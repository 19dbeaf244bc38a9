// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Outcome;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Work as a {@code POST} to a worker of any kind. The worker answers 2xx once it has the work safe,
 * and publishes the answer; one that answers with the reply envelope has already done it. The
 * request carries the id as {@code Idempotency-Key}, so that a repeat is recognised.
 *
 * <p>Where there is a status address, {@code GET} of it gives the reply envelope, {@code
 * PROCESSING} while the work goes on, or 404.
 *
 * <p>Thread-safe. Redirects are not followed: a worker's address is configured, not discovered.
 */
final class HttpBackend implements Backend {

  private static final int MAX_ANSWER_BYTES = 6 * 1024 * 1024;

  private final URI worker;
  private final String statusUrl;
  private final String token;
  private final Timeouts timeouts;
  private final HttpClient client;

  /** How long connecting, a start and a find may take. */
  record Timeouts(Duration connect, Duration start, Duration find) {}

  /**
   * @param statusUrl with {@code {id}} in it; empty if the worker tells nothing
   * @param token sent as {@code Authorization: Bearer}; empty for none
   */
  HttpBackend(URI worker, String statusUrl, String token, Timeouts timeouts) {
    this.worker = worker;
    this.statusUrl = statusUrl;
    this.token = token;
    this.timeouts = timeouts;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeouts.connect)
            .build();
  }

  private record Answer(int status, String body) {}

  @Override
  public StartResult start(WorkRequest request) {
    HttpRequest.Builder post =
        authorized(worker)
            .timeout(timeouts.start)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", request.id().value())
            .POST(HttpRequest.BodyPublishers.ofString(request.toJson(), StandardCharsets.UTF_8));
    request.traceparent().ifPresent(parent -> post.header("traceparent", parent));
    request.correlationId().ifPresent(id -> post.header("X-Correlation-Id", id));
    Answer answer;
    try {
      answer = send(post.build());
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
      return envelope(answer.body(), request.id())
          .<StartResult>map(StartResult.Finished::new)
          .orElseGet(StartResult.Started::new);
    }
    String error = "HttpStatus" + status;
    String detail = "the worker answered " + status;
    return switch (status) {
      case 409, 422 -> new StartResult.OtherEvent();
      // Both say by their meaning that the work was not taken.
      case 429, 503 -> new StartResult.NotStarted(error, detail, true);
      default ->
          status >= 500
              ? new StartResult.Unconfirmed(error, detail)
              : new StartResult.NotStarted(error, detail, false);
    };
  }

  @Override
  public FindResult find(CorrelationId id) {
    if (statusUrl.isEmpty()) {
      return new FindResult.Untracked();
    }
    HttpRequest get =
        authorized(URI.create(statusUrl.replace("{id}", id.value())))
            .timeout(timeouts.find)
            .GET()
            .build();
    try {
      Answer answer = send(get);
      return switch (answer.status()) {
        case 200, 202 ->
            envelope(answer.body(), id)
                .<FindResult>map(FindResult.Finished::new)
                .orElseGet(FindResult.Running::new);
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

  private HttpRequest.Builder authorized(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return new Answer(
          response.statusCode(),
          new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8));
    }
  }

  /** A terminal envelope about this very work. */
  private static Optional<Outcome> envelope(String body, CorrelationId id) {
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
