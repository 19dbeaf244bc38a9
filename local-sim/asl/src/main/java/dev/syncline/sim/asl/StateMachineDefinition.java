// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import dev.syncline.sim.asl.internal.parse.DefinitionParser;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed and validated state machine. Parse once, run as often as you like.
 *
 * <p>Thread-safe: immutable.
 */
public final class StateMachineDefinition {
  private final String text;
  private final WorkflowType type;
  private final Flow flow;
  private final @Nullable Duration timeout;

  private StateMachineDefinition(
      String text, WorkflowType type, Flow flow, @Nullable Duration timeout) {
    this.text = text;
    this.type = type;
    this.flow = flow;
    this.timeout = timeout;
  }

  /**
   * Parses a Standard workflow.
   *
   * @throws InvalidDefinitionException with AWS's diagnostics if anything is wrong with it
   */
  public static StateMachineDefinition parse(String text) {
    return parse(text, WorkflowType.STANDARD);
  }

  /**
   * Parses a workflow of the given type.
   *
   * @throws InvalidDefinitionException with AWS's diagnostics if anything is wrong with it
   */
  public static StateMachineDefinition parse(String text, WorkflowType type) {
    DefinitionParser.Result result = DefinitionParser.parse(text, type);
    Flow flow = result.flow();
    if (flow == null) {
      throw new InvalidDefinitionException(result.diagnostics());
    }
    Long seconds = result.timeoutSeconds();
    return new StateMachineDefinition(
        text, type, flow, seconds == null ? null : Duration.ofSeconds(seconds));
  }

  /** The faults of a definition; empty for a valid one. */
  public static List<Diagnostic> validate(String text, WorkflowType type) {
    return DefinitionParser.parse(text, type).diagnostics();
  }

  /** The definition as it was given. */
  public String text() {
    return text;
  }

  /** Standard or Express. */
  public WorkflowType type() {
    return type;
  }

  /** TimeoutSeconds of the whole machine. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** Name of the first state. */
  public String startAt() {
    return flow.startAt();
  }

  /**
   * Names of the states that call something and so can be mocked: Task states, and Map states with
   * an ItemReader or a ResultWriter. Nested ones are included, in the order of the definition.
   */
  public Set<String> mockableNames() {
    var names = new LinkedHashSet<String>();
    addMockableNames(flow, names);
    return names;
  }

  private static boolean callsOutside(State.@Nullable Distributed options) {
    return options != null && (options.reader() != null || options.writer() != null);
  }

  private static void addMockableNames(Flow flow, Set<String> names) {
    flow.states()
        .forEach(
            (name, state) -> {
              switch (state) {
                case State.Task task -> names.add(name);
                case State.Parallel parallel ->
                    parallel.branches().forEach(branch -> addMockableNames(branch, names));
                case State.Map map -> {
                  if (callsOutside(map.distributed())) {
                    names.add(name);
                  }
                  addMockableNames(map.processor(), names);
                }
                default -> {}
              }
            });
  }

  Flow flow() {
    return flow;
  }

  /** The flow that begins with state {@code name}, at any depth of {@code flow}. */
  static @Nullable Flow flowFrom(Flow flow, String name) {
    if (flow.states().containsKey(name)) {
      return new Flow(name, flow.states());
    }
    for (State state : flow.states().values()) {
      List<Flow> inner =
          switch (state) {
            case State.Parallel parallel -> parallel.branches();
            case State.Map map -> List.of(map.processor());
            default -> List.of();
          };
      for (Flow candidate : inner) {
        Flow found = flowFrom(candidate, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
