// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One client of the fault matrix: sends requests under one idempotency key, retries as the answers
 * permit, and records every answer that is wrong. Used by one thread, and by a second one where the
 * client repeats its request concurrently.
 */
final class FaultMatrixClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TRIES = 25;
  // Each waits 20 s: a message whose worker failed is visible again after twelve minutes.
  private static final int MAX_TRIES_AT_LOCATION = 150;
  private static final String GAVE_UP = FaultMatrixRun.GAVE_UP;
  // As in the CloudFormation template.
  private static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

  private final FaultMatrixRun run;
  private final int number;
  private final SplittableRandom random;
  private final String key;
  private final Map.Entry<String, String> caller;
  private final String name;
  private final String work;
  private volatile boolean repeated;
  private volatile boolean inDoubt;
  private String id = "";

  FaultMatrixClient(FaultMatrixRun run, int number) {
    this.run = run;
    this.number = number;
    this.random = new SplittableRandom(run.seed() * 1_000_003 + number);
    // Two clients share each key, as different callers: their work must stay separate.
    this.key = "seed-" + run.seed() + "-" + Math.floorDiv(number, FaultMatrix.CALLERS);
    this.caller = run.caller(number);
    this.work = run.workOf(caller, key);
    this.name = "N" + number + " \"quoted\" \uD83D\uDC69";
  }

  void run() throws IOException, InterruptedException {
    int kind = random.nextInt(100);
    if (kind < 3) {
      expectRefused(post("not json", ""));
    } else if (kind < 20) {
      // Two concurrent requests under one key: one piece of work and the same answer.
      repeated = true;
      Thread twin = Thread.ofVirtual().start(this::askQuietly);
      ask("");
      twin.join();
    } else if (kind < 23) {
      ask("");
      expect(otherBody(), 422, "idempotency-key-reused");
    } else if (kind < 33) {
      ask("wait=" + (1 + random.nextInt(9)));
    } else if (kind < 38) {
      ask("respond-async");
    } else if (kind < 44) {
      ask("");
      spy();
    } else {
      ask("");
    }
  }

  private void askQuietly() {
    try {
      ask("");
    } catch (IOException | InterruptedException e) {
      violation("the concurrent repeat failed: " + e);
    }
  }

  /** Retries until there is an answer, as a well-behaved client does. */
  private void ask(String prefer) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      long startsBefore = run.starts(work);
      Instant asked = run.now();
      HttpResponse<String> response = post(body(), prefer);
      JsonNode told = JSON.readTree(response.body());
      switch (response.statusCode()) {
        case 200 -> {
          right(response, "answered");
          return;
        }
        case 202 -> {
          run.count(prefer.isEmpty() ? "202 at the deadline" : "202 as preferred");
          if (askAtLocation(response)) {
            return;
          }
        }
        case 502, 503, 504 -> {
          String what = told(response, told);
          run.count(what);
          if (!isTrue(what, startsBefore, asked)) {
            violation(what + " is not true: " + response.body());
            return;
          }
          inDoubt |= response.statusCode() != 503;
          if (what.endsWith("start-unconfirmed") && askAtLocation(response)) {
            return;
          }
        }
        default -> {
          violation(response.statusCode() + " " + response.body());
          return;
        }
      }
    }
    violation("no answer after " + MAX_TRIES + " tries");
  }

  /** Returns false if the start was unconfirmed and the bridge answers that no work exists. */
  private boolean askAtLocation(HttpResponse<String> accepted)
      throws IOException, InterruptedException {
    String location = accepted.headers().firstValue("Location").orElse("");
    String named = location.substring(location.lastIndexOf('/') + 1);
    for (int attempt = 0; attempt < MAX_TRIES_AT_LOCATION; attempt++) {
      Instant asked = run.now();
      HttpResponse<String> response =
          run.send(
              HttpRequest.newBuilder(run.location(named))
                  .header("x-api-key", caller.getValue())
                  .header("Prefer", "wait=20"));
      switch (response.statusCode()) {
        case 200 -> {
          right(response, "answered at Location");
          return true;
        }
        case 202 -> run.count("202 at Location");
        case 503 -> run.count("503 at Location");
        case 502, 504 -> {
          String what = told(response, JSON.readTree(response.body()));
          run.count(what + " at Location");
          if (!isTrue(what, run.starts(work), asked)) {
            violation("at Location " + what + " is not true: " + response.body());
            return true;
          }
        }
        case 404 -> {
          if (accepted.statusCode() != 502) {
            violation("accepted work is unknown: " + response.body());
            return true;
          }
          run.count("404 at Location");
          return false;
        }
        default -> {
          violation("at Location " + response.statusCode() + " " + response.body());
          return true;
        }
      }
    }
    violation("no answer at Location after " + MAX_TRIES_AT_LOCATION + " tries");
    return true;
  }

  private synchronized void right(HttpResponse<String> response, String how) throws IOException {
    JsonNode answer = JSON.readTree(response.body());
    if (!answer.path("fullName").asText().equals(name + " S")) {
      violation("a wrong answer: " + response.body());
    }
    String told = answer.path("id").asText();
    if (!id.isEmpty() && !id.equals(told)) {
      violation("two ids for one key: " + id + " and " + told);
    }
    id = told;
    run.count(how);
  }

  /** Another caller that knows the id gets the same answer as for work that does not exist. */
  private void spy() throws IOException, InterruptedException {
    String other = run.caller(number + 1).getValue();
    HttpResponse<String> response =
        run.send(HttpRequest.newBuilder(run.location(work)).header("x-api-key", other));
    if (response.statusCode() == 200 || response.statusCode() == 202) {
      violation("another caller got " + response.body());
    }
    run.count(response.statusCode() + " to another caller");
  }

  private String told(HttpResponse<String> response, JsonNode told) {
    boolean gateway = response.statusCode() == 504 || told.has("message");
    return response.statusCode() + " " + (gateway ? GAVE_UP : kind(told));
  }

  private boolean isTrue(String what, long startsBefore, Instant asked) {
    return switch (what) {
      // A concurrent repeat, or a request that the gateway timed out, may have started it.
      case "503 no-reply-subscription", "503 not-started", "503 idempotency-secret-unavailable" ->
          repeated || inDoubt || run.starts(work) == startsBefore;
      case "502 start-unconfirmed" -> true;
      // See FaultMatrix.requireACauseForLostEnvironments.
      case "502 " + GAVE_UP -> true;
      case "504 " + GAVE_UP ->
          Duration.between(asked, run.now()).compareTo(INTEGRATION_TIMEOUT) >= 0;
      default -> false;
    };
  }

  /** The gateway's request validation refuses it before it reaches the bridge. */
  private void expectRefused(HttpResponse<String> response) throws IOException {
    JsonNode told = JSON.readTree(response.body());
    if (response.statusCode() != 400 || told.path("detail").asText().isEmpty()) {
      violation("not refused with 400: " + response.body());
    }
    run.count("400 no JSON");
  }

  private void expect(HttpResponse<String> response, int status, String kind) throws IOException {
    JsonNode told = JSON.readTree(response.body());
    if (response.statusCode() != status || !kind(told).equals(kind)) {
      // To find the body of a key the bridge may need the backend, which may fail now.
      if (status == 422 && (response.statusCode() == 503 || response.statusCode() == 502)) {
        run.count("422 not available");
        return;
      }
      violation("not " + status + " " + kind + ": " + response.body());
    }
    run.count(status + " " + kind);
  }

  private HttpResponse<String> otherBody() throws IOException, InterruptedException {
    return post("{\"name\":\"other\",\"surname\":\"body\"}", "");
  }

  private HttpResponse<String> post(String body, String prefer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(run.api())
            .header("Content-Type", "application/json")
            .header("x-api-key", caller.getValue())
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!prefer.isEmpty()) {
      request.header("Prefer", prefer);
    }
    return run.send(request);
  }

  private String body() {
    return JSON.createObjectNode().put("name", name).put("surname", "S").toString();
  }

  private String kind(JsonNode problem) {
    String type = problem.path("type").asText();
    return type.substring(type.lastIndexOf(':') + 1);
  }

  private void violation(String what) {
    run.violation("client " + number + ": " + what);
  }
}
