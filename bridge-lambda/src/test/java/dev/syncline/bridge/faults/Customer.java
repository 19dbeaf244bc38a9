// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.faults.Environments.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client that follows the responses and checks them: it must get its own correct answer, under
 * one id, within the gateway's limit. If a fault justifies it, the response may instead say that
 * the client may retry, and the retry must get the correct answer. Not thread-safe.
 */
final class Customer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TRIES = 40;
  private static final long RETRY_AFTER_MILLIS = 2_000;

  /** Work with an unconfirmed start can be polled for a quarter of an hour. */
  private static final long RETRY_IN_DOUBT_MILLIS = 20_000;

  /** The number of polls of unconfirmed work before it is sent again. */
  private static final int MAX_UNKNOWN = 8;

  private static final long LIMIT_MILLIS = 29_000;

  /**
   * A start may be unconfirmed twice, when its environment dies again; each time for a quarter of
   * an hour.
   */
  private static final long PATIENCE_MILLIS = 3_600_000;

  /** The causes of "start not confirmed". */
  private static final String[] START_CALLS = {
    "StartExecution",
    "DescribeExecution",
    "Invoke",
    "SendMessage",
    "TakeJob",
    "PutObject",
    "GetObject",
    "StartSyncExecution"
  };

  private final int number;
  private final SplittableRandom random;
  private final FaultSimulation run;
  private final String name;
  private final boolean fails;
  private final Caller caller;
  private @Nullable String key;
  private boolean twins;
  private String id = "";

  Customer(int number, FaultSimulation run) {
    this.number = number;
    this.run = run;
    this.random = run.chance().about("customer " + number, "what it does");
    this.fails = random.nextInt(100) < 8;
    // Two callers with the same key: their work is independent.
    this.key = random.nextInt(100) < 70 ? "key-" + number / 2 : null;
    Caller.Kind[] kinds = Caller.Kind.values();
    Caller.Kind kind =
        kinds[run.chance().about("pair " + number / 2, "kind").nextInt(kinds.length)];
    this.caller =
        kind == Caller.Kind.NONE && number % 2 == 0
            ? Caller.NOBODY
            : new Caller(kind == Caller.Kind.NONE ? Caller.Kind.LAMBDA : kind, "caller " + number);
    this.name = "N" + number + " \"quoted\" \\ \uD83D\uDC69";
  }

  void shop() {
    int kind = random.nextInt(100);
    if (kind < 3) {
      Answer answer = post("not json", "");
      check(answer.status() == 400, "not refused with 400", answer);
    } else if (kind < 20 && key != null) {
      // Two or three concurrent requests with one key: one piece of work and one answer for all.
      twins = true;
      CompletableFuture<Void> twin = repeatMeanwhile();
      CompletableFuture<Void> third =
          random.nextBoolean() ? repeatMeanwhile() : CompletableFuture.completedFuture(null);
      ask("");
      run.fibers().until(twin);
      run.fibers().until(third);
    } else if (kind < 24 && key != null) {
      ask("");
      askWithOtherBody();
    } else if (kind < 36) {
      ask("wait=" + (1 + random.nextInt(9)));
    } else if (kind < 42) {
      ask("respond-async");
    } else {
      ask("");
    }
  }

  private CompletableFuture<Void> repeatMeanwhile() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    run.fibers()
        .execute(
            () -> {
              ask("");
              over.complete(null);
            });
    return over;
  }

  /** Another caller that knows the id gets the response for unknown work. */
  private void spy(String work) {
    Caller spy =
        caller.name().isEmpty() || random.nextBoolean()
            ? new Caller(Caller.Kind.USER_POOL, "spy")
            : Caller.NOBODY;
    Answer answer = call(spy, "GET", "/event/" + work, "", Map.of());
    boolean dead = answer.status() == 502 && run.environments().killed(answer.environment());
    check(answer.status() == 404 || dead, "told to " + spy, answer);
  }

  /** Polls until an answer arrives. */
  private void ask(String prefer) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      String known =
          key == null
              ? ""
              : CorrelationId.fromIdempotencyKey(
                      FaultSimulation.SECRET.getBytes(StandardCharsets.UTF_8), caller.scope(), key)
                  .value();
      run.keyed(known);
      int startsBefore = known.isEmpty() ? 0 : run.work().starts(known);
      int doubtsBefore = doubts(known);
      Answer answer = post(body(), prefer);
      switch (answer.status()) {
        case 200 -> {
          right(answer);
          return;
        }
        case 202 -> {
          if (atLocation(answer)) {
            return;
          }
        }
        case 502 -> {
          if (answer.ofGateway()) {
            check(run.environments().killed(answer.environment()), "502 without cause", answer);
          } else if (answer.problem().equals("start-unconfirmed")) {
            String told = answer.json().path("id").asText();
            check(
                doubts(told) > 0 || run.environments().diedStarting(told),
                "no doubt about the start",
                answer);
            if (atLocation(answer)) {
              return;
            }
          } else if (isFailure(answer)) {
            right(answer);
            return;
          } else if (!throttledExpress(answer)) {
            run.violation(this + ": " + answer);
            return;
          }
        }
        case 503 -> {
          boolean nothing =
              answer.problem().equals("no-reply-subscription")
                  || answer.problem().equals("not-started");
          check(nothing, "503 for no known reason", answer);
          // A concurrent request may have started it meanwhile.
          if (!known.isEmpty() && !twins && doubts(known) == doubtsBefore) {
            check(run.work().starts(known) == startsBefore, "it was started all the same", answer);
          }
        }
        default -> {
          run.violation(this + ": " + answer);
          return;
        }
      }
      run.fibers().sleep(RETRY_AFTER_MILLIS);
    }
    run.violation(this + ": no answer after " + MAX_TRIES + " tries");
  }

  /** The number of unconfirmed starts. */
  private int doubts(String work) {
    int doubts = 0;
    for (String call : START_CALLS) {
      doubts += run.chance().struck(work, call + " failed");
      doubts += run.chance().struck(work, call + " done, said to have failed");
      doubts += run.chance().struck(work, call + " done, answer lost");
      doubts += run.chance().struck(work, call + " done, body stalled");
      if (call.endsWith("Object") || call.startsWith("Describe")) {
        doubts += run.chance().struck(work, call + " throttled");
      }
    }
    return doubts;
  }

  /** False if the request must be repeated, because the environment that knew the work is dead. */
  private boolean atLocation(Answer accepted) {
    String location = accepted.headers().path("Location").asText();
    String work = location.substring(location.lastIndexOf('/') + 1);
    check(work.equals(accepted.json().path("id").asText()), "another Location", accepted);
    long until = run.fibers().millis() + PATIENCE_MILLIS;
    int unknown = 0;
    while (run.fibers().millis() < until) {
      Answer answer =
          call("GET", "/event/" + work, "", Map.of("Prefer", "wait=" + random.nextInt(21)));
      switch (answer.status()) {
        case 200 -> {
          right(answer);
          return true;
        }
        case 202 -> {}
        case 502 -> {
          if (answer.ofGateway()) {
            check(run.environments().killed(answer.environment()), "502 without cause", answer);
          } else if (isFailure(answer)) {
            right(answer);
            return true;
          } else if (!throttledExpress(answer)) {
            run.violation(this + " at Location: " + answer);
            return true;
          } else {
            return false;
          }
        }
        case 503 ->
            check(
                answer.problem().equals("backend-unavailable"), "503 for no known reason", answer);
        case 404 -> {
          boolean doubtful = accepted.status() == 502;
          if (run.keepsNothing()) {
            // Only the environment that accepted it knows it, until the doubt expires.
            if (run.environments().killed(accepted.environment())
                || (answer.environment() == accepted.environment() && doubts(work) > 0)) {
              return false;
            }
          } else if (doubtful) {
            if (doubts(work) == 0 && !run.environments().diedStarting(work)) {
              run.violation(this + ": what may run is not known: " + answer);
            }
            if (answer.json().path("detail").asText().contains("not confirmed")
                || ++unknown > MAX_UNKNOWN) {
              return false;
            }
          } else if (run.chance().struck(work, "PutObject failed")
                  + run.chance().struck(work, "PutObject throttled")
              == 0) {
            run.violation(this + ": what was accepted is not known: " + answer);
            return true;
          }
        }
        default -> {
          run.violation(this + " at Location: " + answer);
          return true;
        }
      }
      run.fibers().sleep(accepted.status() == 502 ? RETRY_IN_DOUBT_MILLIS : RETRY_AFTER_MILLIS);
    }
    run.violation(this + ": no answer at Location in time: " + work);
    return true;
  }

  private void askWithOtherBody() {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      Answer answer = post("{\"name\":\"other\",\"surname\":\"body\"}", "");
      if (answer.status() == 422) {
        check(answer.problem().equals("idempotency-key-reused"), "another 422", answer);
        return;
      }
      if (run.keepsNothing()) {
        // Another environment cannot know the key.
        return;
      }
      boolean notNow =
          answer.status() == 503
              || (answer.status() == 502
                  && (answer.ofGateway() || answer.problem().equals("start-unconfirmed")));
      if (!notNow) {
        run.violation(this + ": its key was taken for another body: " + answer);
        return;
      }
      run.fibers().sleep(RETRY_AFTER_MILLIS);
    }
    run.violation(this + ": no 422 after " + MAX_TRIES + " tries");
  }

  private boolean isFailure(Answer answer) {
    return answer.problem().equals("work-failed")
        && answer.json().path("error").asText().equals("InvalidEvent");
  }

  /** A synchronous execution is not retried: a throttle is its answer. */
  private boolean throttledExpress(Answer answer) {
    String work = answer.json().path("id").asText();
    return run.keepsNothing()
        && answer.problem().equals("work-failed")
        && run.chance().struck(work, "StartSyncExecution throttled") > 0;
  }

  private void right(Answer answer) {
    if (fails) {
      check(isFailure(answer), "a failure that became a result", answer);
    } else {
      check(answer.json().path("fullName").asText().equals(name + " S"), "a wrong answer", answer);
    }
    String told = answer.json().path("id").asText();
    if (key != null) {
      check(id.isEmpty() || id.equals(told), "two ids for one key", answer);
      id = told;
    }
    run.answered(told, key == null ? "customer " + number : key + " of " + caller);
    if (random.nextInt(100) < 10) {
      spy(told);
    }
  }

  private Answer post(String body, String prefer) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (key != null) {
      headers.put("Idempotency-Key", key);
    }
    if (!prefer.isEmpty()) {
      headers.put("Prefer", prefer);
    }
    return call("POST", "/event", body, headers);
  }

  private Answer call(String method, String path, String body, Map<String, String> headers) {
    return call(caller, method, path, body, headers);
  }

  private Answer call(
      Caller by, String method, String path, String body, Map<String, String> headers) {
    long began = run.fibers().millis();
    Answer answer = run.environments().call("customer " + number, by, method, path, body, headers);
    long took = run.fibers().millis() - began;
    run.saw(number, method, answer, took);
    check(took <= LIMIT_MILLIS && answer.status() != 504, "held for " + took + " ms", answer);
    return answer;
  }

  private String body() {
    ObjectNode body = JSON.createObjectNode().put("surname", "S");
    return (fails ? body.put("name", number) : body.put("name", name)).toString();
  }

  private void check(boolean holds, String otherwise, Answer answer) {
    if (!holds) {
      run.violation(this + ": " + otherwise + ": " + answer);
    }
  }

  @Override
  public String toString() {
    return "customer " + number;
  }
}
