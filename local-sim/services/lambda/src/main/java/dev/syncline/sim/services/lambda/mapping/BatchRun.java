// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Invokes a function with a batch and finds the failed messages. Thread-safe. */
final class BatchRun {
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(30);

  /**
   * The result of a batch.
   *
   * @param failed ids of failed messages; the others are processed
   * @param allFailed whether the whole batch failed
   * @param result as {@code LastProcessingResult} shows it
   */
  record Verdict(Set<String> failed, boolean allFailed, String result) {
    static Verdict failure(String why) {
      return new Verdict(Set.of(), true, "PROBLEM: " + why);
    }
  }

  private final SimClock clock;
  private final Ids ids;
  private final Dispatcher dispatcher;
  private final String account;
  private final String region;

  BatchRun(SimClock clock, Ids ids, Dispatcher dispatcher, String account, String region) {
    this.clock = clock;
    this.ids = ids;
    this.dispatcher = dispatcher;
    this.account = account;
    this.region = region;
  }

  String region() {
    return region;
  }

  String account() {
    return account;
  }

  /**
   * Invokes the function and reads the result; blocks through the clock. A throttled invocation is
   * retried, with growing delays, as long as the messages are hidden.
   *
   * @param until when the messages become visible again
   */
  Verdict of(Mapping mapping, ObjectNode event, Set<String> messageIds, Instant until) {
    Duration backOff = FIRST_BACK_OFF;
    while (true) {
      ObjectNode input =
          Json.object()
              .put("FunctionName", mapping.functionArn())
              .put("InvocationType", "RequestResponse");
      input.set("Payload", event);
      try {
        return verdict(mapping, dispatcher.call("lambda", "Invoke", input, context()), messageIds);
      } catch (AwsException refused) {
        if (refused.status() != 429 || !clock.now().plus(backOff).isBefore(until)) {
          return Verdict.failure(refused.text());
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

  /** A context for calls on the mapping's behalf. */
  CallContext context() {
    return new CallContext(account, region, ids.uuid().toString(), "", new byte[0]);
  }

  private static Verdict verdict(Mapping mapping, Output output, Set<String> messageIds) {
    if (output.headers().containsKey("X-Amz-Function-Error")) {
      return Verdict.failure("Function call failed");
    }
    if (!mapping.partialFailures()) {
      return new Verdict(Set.of(), false, "OK");
    }
    byte[] raw = output.raw();
    Optional<Set<String>> failed = failures(raw == null ? new byte[0] : raw);
    if (failed.isEmpty() || !messageIds.containsAll(failed.get())) {
      return Verdict.failure(
          "The function's answer is not a list of batchItemFailures of this batch");
    }
    return new Verdict(failed.get(), false, "OK");
  }

  /**
   * The ids in {@code batchItemFailures}; no ids for an empty or null answer, an empty Optional for
   * a malformed one, which counts as a failure of the whole batch.
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
