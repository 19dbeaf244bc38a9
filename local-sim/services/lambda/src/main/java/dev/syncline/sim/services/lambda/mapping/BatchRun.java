// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Invokes a function with a batch and tells which of its messages failed. Thread-safe. */
final class BatchRun {
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(30);

  /**
   * How a batch went.
   *
   * @param failed ids of messages that failed; the others are done with
   * @param allFailed whether the whole batch did
   * @param result as {@code LastProcessingResult} shows it
   */
  record Verdict(Set<String> failed, boolean allFailed, String result) {
    static Verdict failure(String why) {
      return new Verdict(Set.of(), true, "PROBLEM: " + why);
    }
  }

  private final SimClock clock;
  private final FunctionCalls calls;

  BatchRun(SimClock clock, FunctionCalls calls) {
    this.clock = clock;
    this.calls = calls;
  }

  SourceAccess access() {
    return calls.access();
  }

  String region() {
    return calls.region();
  }

  /**
   * Invokes and judges; blocks through the clock. A throttled invocation is tried again, with
   * growing delays, as long as the messages are hidden.
   *
   * @param until when the messages become visible again
   */
  Verdict of(Mapping mapping, ObjectNode event, Set<String> messageIds, Instant until) {
    Duration backOff = FIRST_BACK_OFF;
    while (true) {
      switch (calls.invoke(mapping, event)) {
        case FunctionCalls.Invoked invoked -> {
          return verdict(mapping, invoked, messageIds);
        }
        case FunctionCalls.Refused refused -> {
          if (!refused.throttled() || !clock.now().plus(backOff).isBefore(until)) {
            return Verdict.failure(refused.reason().text());
          }
        }
      }
      var over = new CompletableFuture<Boolean>();
      clock.schedule(backOff, () -> over.complete(true));
      clock.await(over);
      backOff = backOff.multipliedBy(2);
      if (backOff.compareTo(MAX_BACK_OFF) > 0) {
        backOff = MAX_BACK_OFF;
      }
    }
  }

  private static Verdict verdict(
      Mapping mapping, FunctionCalls.Invoked invoked, Set<String> messageIds) {
    if (invoked.error() != null) {
      return Verdict.failure("Function call failed");
    }
    if (!mapping.partialFailures()) {
      return new Verdict(Set.of(), false, "OK");
    }
    Optional<Set<String>> failed = failures(invoked.answer());
    if (failed.isEmpty() || !messageIds.containsAll(failed.get())) {
      return Verdict.failure(
          "The function's answer is not a list of batchItemFailures of this batch");
    }
    return new Verdict(failed.get(), false, "OK");
  }

  /**
   * The ids in {@code batchItemFailures}; none for an answer that is empty or null, empty for one
   * that is malformed, which counts as a failure of the whole batch.
   */
  static Optional<Set<String>> failures(byte[] answer) {
    var failed = new HashSet<String>();
    if (answer.length == 0) {
      return Optional.of(failed);
    }
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(answer);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes that cannot be read", impossible);
    }
    if (json.isNull() || json.isMissingNode() || (json.isObject() && json.isEmpty())) {
      return Optional.of(failed);
    }
    JsonNode list = json.path("batchItemFailures");
    if (list.isNull()) {
      return Optional.of(failed);
    }
    if (!list.isArray()) {
      return Optional.empty();
    }
    for (JsonNode item : list) {
      String id = item.path("itemIdentifier").asText("");
      if (id.isEmpty() || item.path("itemIdentifier").isNull()) {
        return Optional.empty();
      }
      failed.add(id);
    }
    return Optional.of(failed);
  }
}
