// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import dev.syncline.sim.asl.internal.parse.DefinitionParser;
import dev.syncline.sim.asl.internal.run.Probe;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one state alone and records its data: the engine's part of TestState. The caller carries out
 * the effects of {@link #execution()} as for any execution; a test with a mock has no effects.
 *
 * <p>Not thread-safe, like the execution it holds.
 */
public final class StateTest {
  private final Execution execution;
  private final Probe probe;

  /** How the test ended; the names are AWS's. */
  public enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    RETRIABLE,
    CAUGHT_ERROR
  }

  /**
   * Replaces the state's work.
   *
   * @param result success with this; null to fail
   * @param error name of the failure
   * @param cause cause of the failure
   */
  public record Mock(@Nullable Payload result, @Nullable String error, @Nullable String cause) {}

  /**
   * The test to run.
   *
   * @param definition a state, or a machine that holds it
   * @param stateName the state, on any level of the machine; null for a lone state
   * @param input its input
   * @param variables workflow variables it can read
   * @param context the context object; null to make one
   * @param mock null to do the work
   * @param retrierRetryCount how often the retrier that matches has been used already
   * @param mapIterationFailures failed iterations of a mocked Map
   * @param mapItemReaderData what a Map's ItemReader reads, as it is in its source; null for none
   */
  public record Request(
      String definition,
      @Nullable String stateName,
      Payload input,
      Map<String, JsonNode> variables,
      @Nullable JsonNode context,
      @Nullable Mock mock,
      int retrierRetryCount,
      int mapIterationFailures,
      @Nullable String mapItemReaderData) {}

  private StateTest(Execution execution, Probe probe) {
    this.execution = execution;
    this.probe = probe;
  }

  /**
   * Prepares a test; it begins with {@link Execution#start} of {@link #execution()}.
   *
   * @throws InvalidDefinitionException if the definition is invalid
   * @throws IllegalArgumentException if there is no state of that name
   */
  public static StateTest create(Request request, ExecutionContext context, long seed) {
    DefinitionParser.Result parsed = DefinitionParser.parseForTest(request.definition());
    Flow whole = parsed.flow();
    if (whole == null) {
      throw new InvalidDefinitionException(parsed.diagnostics());
    }
    String name = request.stateName() == null ? whole.startAt() : request.stateName();
    Flow flow = StateMachineDefinition.flowFrom(whole, name);
    if (flow == null) {
      throw new IllegalArgumentException("The definition has no state named '" + name + "'");
    }
    Probe probe =
        new Probe(
            request.context(),
            request.retrierRetryCount(),
            request.mapIterationFailures(),
            request.mapItemReaderData());
    Mock mock = request.mock();
    if (mock != null) {
      if (mock.result() != null) {
        probe.mockResult(mock.result());
      } else {
        probe.mockError(mock.error(), mock.cause());
      }
    }
    Execution execution = Execution.probing(flow, context, request.input(), seed);
    execution.probe(probe, request.variables());
    return new StateTest(execution, probe);
  }

  /** The type of a state as the definition names it, for checks before the test. */
  public static String typeOf(String definition, @Nullable String stateName) {
    Flow whole = DefinitionParser.parseForTest(definition).flow();
    Flow flow =
        whole == null
            ? null
            : StateMachineDefinition.flowFrom(
                whole, stateName == null ? whole.startAt() : stateName);
    if (flow == null) {
      return "";
    }
    State state = flow.state(flow.startAt());
    return state.type().asl();
  }

  /** The execution that runs the state. */
  public Execution execution() {
    return execution;
  }

  /** The status of the test. */
  public Status status() {
    if (execution.status() == ExecutionStatus.RUNNING) {
      return Status.RUNNING;
    }
    return switch (probe.outcome()) {
      case RETRIABLE -> Status.RETRIABLE;
      case CAUGHT -> Status.CAUGHT_ERROR;
      case LEFT, NONE ->
          execution.status() == ExecutionStatus.SUCCEEDED ? Status.SUCCEEDED : Status.FAILED;
    };
  }

  /** Why the requested test cannot run; empty when it can. */
  public Optional<String> refusal() {
    return Optional.ofNullable(probe.refusal());
  }

  /** The state's output. */
  public Optional<Payload> output() {
    return execution.output();
  }

  /** The state that would follow. */
  public Optional<String> nextState() {
    return Optional.ofNullable(probe.next());
  }

  /** Error name, also of an error that was caught. */
  public Optional<String> error() {
    return Optional.ofNullable(probe.error()).or(execution::error);
  }

  /** Cause, also of an error that was caught. */
  public Optional<String> cause() {
    return Optional.ofNullable(probe.cause()).or(execution::cause);
  }

  /** The stages of the data, as AWS's {@code inspectionData}. */
  public ObjectNode inspectionData() {
    return probe.inspection();
  }
}
