// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.faults.Environments.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client, who does as it is told, and knows what it may be told: its own right answer, under
 * one id, within the gateway's limit; or, where chance has struck to justify it, a word that it may
 * ask again, and then the right answer. Not thread-safe.
 */
final class Customer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_TRIES = 40;
  private static final long RETRY_AFTER_MILLIS = 2_000;
  private static final long LIMIT_MILLIS = 29_000;

  /** A worker that dies several times is followed by others, a minute apart. */
  private static final long PATIENCE_MILLIS = 1_800_000;

  /** What can be meant by "start not confirmed". */
  private static final String[] START_CALLS = {
    "StartExecution",
    "DescribeExecution",
    "Invoke",
    "SendMessage",
    "TakeJob",
    "PutObject",
    "GetObject",
    "DeleteObject"
  };

  private final int number;
  private final SplittableRandom random;
  private final FaultSimulation run;
  private final String name;
  private final boolean fails;
  private @Nullable String key;
  private boolean twins;
  private String id = "";

  Customer(int number, FaultSimulation run) {
    this.number = number;
    this.run = run;
    this.random = run.chance().about("customer " + number, "what it does");
    this.fails = random.nextInt(100) < 8;
    this.key = random.nextInt(100) < 70 ? "key-" + number : null;
    this.name = "N" + number + " \"quoted\" \\ \uD83D\uDC69";
  }

  void shop() {
    int kind = random.nextInt(100);
    if (kind < 3) {
      Answer answer = post("not json", "");
      check(answer.status() == 400, "not refused with 400", answer);
    } else if (kind < 10 && key != null) {
      // Two at once under one key: one piece of work, one answer for both.
      twins = true;
      CompletableFuture<Void> twin = new CompletableFuture<>();
      run.fibers()
          .execute(
              () -> {
                ask("");
                twin.complete(null);
              });
      ask("");
      run.fibers().until(twin);
    } else if (kind < 14 && key != null) {
      ask("");
      askWithOtherBody();
    } else if (kind < 26) {
      ask("wait=" + (1 + random.nextInt(9)));
    } else if (kind < 32) {
      ask("respond-async");
    } else {
      ask("");
    }
  }

  /** Asks until there is an answer. */
  private void ask(String prefer) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      String known = key == null ? "" : CorrelationId.fromIdempotencyKey(new byte[0], "", key).value();
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
                doubts(told) > (told.equals(known) && !twins ? doubtsBefore : 0),
                "no doubt about the start",
                answer);
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
          // The other of two at once may have started it meanwhile.
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

  /** How often it could not be known whether a start had come through. */
  private int doubts(String work) {
    int doubts = 0;
    for (String call : START_CALLS) {
      doubts += run.chance().struck(work, call + " failed");
      doubts += run.chance().struck(work, call + " done, said to have failed");
      doubts += run.chance().struck(work, call + " done, answer lost");
      if (call.endsWith("Object") || call.startsWith("Describe")) {
        doubts += run.chance().struck(work, call + " throttled");
      }
    }
    return doubts;
  }

  /** False if it is to be asked for anew, because whoever knew of it is dead. */
  private boolean atLocation(Answer accepted) {
    String location = accepted.headers().path("Location").asText();
    String work = location.substring(location.lastIndexOf('/') + 1);
    check(work.equals(accepted.json().path("id").asText()), "another Location", accepted);
    long until = run.fibers().millis() + PATIENCE_MILLIS;
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
          if (run.keepsNothing()) {
            if (run.environments().killed(accepted.environment())) {
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
      run.fibers().sleep(RETRY_AFTER_MILLIS);
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

  /** A synchronous execution cannot be started twice: its throttling is its answer. */
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
    run.answered(told, key == null ? "customer " + number : key);
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
    long began = run.fibers().millis();
    Answer answer = run.environments().call("customer " + number, method, path, body, headers);
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
