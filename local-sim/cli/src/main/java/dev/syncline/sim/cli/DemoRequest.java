// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.SimClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A request as any client would send it, and its answer.
 *
 * @param sentRealNanos when it was sent, on the simulator's real axis
 * @param sent when it was sent, in virtual time
 */
record DemoRequest(
    int status,
    String body,
    long sentRealNanos,
    Instant sent,
    long answeredRealNanos,
    Instant answered) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The request's body. */
  static String body(String name, String surname) {
    return CliJson.object().put("name", name).put("surname", surname).toString();
  }

  /**
   * Sends the request and waits for the answer.
   *
   * @throws Failure without an answer, or when stopped meanwhile
   */
  static DemoRequest send(HttpClient http, URI uri, String body, SimClock clock, StopSignal stop) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    long sentReal = clock.realNanos();
    Instant sent = clock.now();
    CompletableFuture<Arrived> arriving =
        http.sendAsync(request, BodyHandlers.ofString())
            .thenApply(answer -> new Arrived(answer, clock.realNanos(), clock.now()));
    while (!arriving.isDone()) {
      if (stop.await(StopSignal.POLL)) {
        throw new Failure("stopped while waiting for the answer");
      }
    }
    try {
      Arrived arrived = arriving.join();
      return new DemoRequest(
          arrived.answer.statusCode(),
          arrived.answer.body(),
          sentReal,
          sent,
          arrived.realNanos,
          arrived.time);
    } catch (CompletionException broken) {
      Throwable cause = broken.getCause() == null ? broken : broken.getCause();
      throw new Failure("POST " + uri + ": no answer: " + Failure.reason(cause));
    }
  }

  /**
   * The full name in the answer.
   *
   * @throws Failure when the answer is not 200 with one
   */
  String fullName() {
    try {
      JsonNode json = CliJson.parse(body);
      if (status == 200 && json.path("fullName").isTextual()) {
        return json.path("fullName").asText();
      }
    } catch (JsonProcessingException notJson) {
      // The one error below shows it.
    }
    throw new Failure("the answer is not 200 with a full name but " + status + " " + body);
  }

  private record Arrived(HttpResponse<String> answer, long realNanos, Instant time) {}
}
