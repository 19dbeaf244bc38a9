// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect.ScheduleTask;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run ended. Immutable.
 *
 * @param status the execution's status; RUNNING if it waits for a report that no mock gives
 * @param output its result, on success
 * @param error its error name, as far as it has one
 * @param cause its cause, as far as it has one
 * @param history its events
 * @param tasks the tasks it asked for, in order
 * @param virtualTime how long it took by its own clock
 */
public record RunResult(
    ExecutionStatus status,
    Optional<Payload> output,
    Optional<String> error,
    Optional<String> cause,
    List<HistoryEvent> history,
    List<ScheduleTask> tasks,
    Duration virtualTime) {

  static RunResult of(Execution execution, List<ScheduleTask> tasks, Instant now) {
    return new RunResult(
        execution.status(),
        execution.output(),
        execution.error(),
        execution.cause(),
        execution.history(),
        List.copyOf(tasks),
        Duration.between(execution.startTime(), execution.stopTime().orElse(now)));
  }

  /**
   * The output as JSON.
   *
   * @throws IllegalStateException if the run has no output; the message names its status, error and
   *     cause
   */
  public JsonNode json() {
    return output
        .map(Payload::json)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The execution has no output: " + status + " " + error + " " + cause));
  }

  /** Names of the states in the order they were entered. */
  public List<String> path() {
    return history.stream()
        .map(HistoryEvent::details)
        .filter(EventDetails.StateEntered.class::isInstance)
        .map(details -> ((EventDetails.StateEntered) details).name())
        .toList();
  }

  /** The tasks that the state asked for, retries included, in order. */
  public List<ScheduleTask> tasks(String stateName) {
    return tasks.stream().filter(task -> task.stateName().equals(stateName)).toList();
  }

  /**
   * The workflow variables as they were assigned last, by name. Those of Parallel branches and Map
   * iterations, which are gone when these end, are among them.
   */
  public Map<String, JsonNode> variables() {
    Map<String, JsonNode> variables = new TreeMap<>();
    for (HistoryEvent event : history) {
      if (event.details() instanceof EventDetails.StateExited exited) {
        exited.assigned().forEach((name, json) -> variables.put(name, Payload.parse(json).json()));
      }
    }
    return variables;
  }

  /** When the state was entered, each time, counted from the start of the run. */
  public List<Duration> entries(String stateName) {
    Instant start = history.getFirst().timestamp();
    return history.stream()
        .filter(
            event ->
                event.details() instanceof EventDetails.StateEntered entered
                    && entered.name().equals(stateName))
        .map(event -> Duration.between(start, event.timestamp()))
        .toList();
  }
}
