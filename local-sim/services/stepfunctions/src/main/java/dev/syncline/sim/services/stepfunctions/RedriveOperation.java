// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * RedriveExecution. A client token makes it idempotent for 15 minutes, for the last ten tokens of
 * an execution. Source: the service's API reference. Thread-safe.
 */
final class RedriveOperation {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);
  private static final int MAX_TOKENS = 10;
  private static final int MAX_EXECUTIONS = 1_000;
  private static final int MAX_TOKEN_LENGTH = 64;

  private final SimClock clock;
  private final ExecutionQueries executions;
  private final ExecutionStore store;

  /** When a token redrove an execution; by ARN and then by token, the oldest first. */
  private final Map<String, Map<String, Instant>> tokens = new LinkedHashMap<>();

  RedriveOperation(SimClock clock, ExecutionQueries executions, ExecutionStore store) {
    this.clock = clock;
    this.executions = executions;
    this.store = store;
  }

  Operation operation() {
    return Operation.of("RedriveExecution: executionArn, clientToken", this::redrive);
  }

  private synchronized Output redrive(Input input, CallContext context) {
    String token = input.text("clientToken").orElse("");
    Limits.atMost(token, "clientToken", MAX_TOKEN_LENGTH);
    RunningExecution execution = executions.require(input);
    Instant now = clock.now();
    Instant before = tokens.getOrDefault(execution.arn(), Map.of()).get(token);
    if (!token.isEmpty() && before != null && before.plus(TOKEN_LIFE).isAfter(now)) {
      return answer(before);
    }
    String refused = execution.redrive(() -> store.reopened(execution));
    if (refused != null) {
      throw StepFunctionsErrors.notRedrivable(refused);
    }
    Instant redriven = execution.redriven();
    Instant at = redriven == null ? now : redriven;
    if (!token.isEmpty()) {
      remember(execution.arn(), token, at);
    }
    return answer(at);
  }

  private void remember(String arn, String token, Instant at) {
    Map<String, Instant> own = tokens.computeIfAbsent(arn, key -> new LinkedHashMap<>());
    own.put(token, at);
    dropOldest(own, MAX_TOKENS);
    dropOldest(tokens, MAX_EXECUTIONS);
  }

  private static void dropOldest(Map<String, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private static Output answer(Instant at) {
    ObjectNode json = Json.object();
    json.set("redriveDate", Json.epochSeconds(at));
    return Output.of(json);
  }
}
