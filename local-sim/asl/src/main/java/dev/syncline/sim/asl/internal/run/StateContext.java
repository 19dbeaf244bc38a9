// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context object of one state, built at the first query and once for all queries of a template.
 */
final class StateContext implements Supplier<JsonNode> {
  private final ExecutionRun execution;
  private final State state;
  private final Instant enteredTime;
  private final @Nullable Integer retryCount;
  private final @Nullable MapItem item;
  private final @Nullable String taskToken;
  private @Nullable JsonNode built;

  /** {@code retryCount} is null for states that cannot be retried. */
  StateContext(
      ExecutionRun execution,
      State state,
      Instant enteredTime,
      @Nullable Integer retryCount,
      @Nullable MapItem item,
      @Nullable String taskToken) {
    this.execution = execution;
    this.state = state;
    this.enteredTime = enteredTime;
    this.retryCount = retryCount;
    this.item = item;
    this.taskToken = taskToken;
  }

  @Override
  public JsonNode get() {
    JsonNode known = built;
    if (known == null) {
      known = build();
      built = known;
    }
    return known;
  }

  private JsonNode build() {
    Probe probe = execution.probe();
    if (probe != null && probe.context() instanceof ObjectNode given) {
      return given;
    }
    ObjectNode context = execution.contextObject();
    ObjectNode about = context.putObject("State");
    // A state that is tested alone has this name (recorded).
    about.put("Name", probe == null ? state.name() : "StateName");
    about.put("EnteredTime", Timestamps.format(enteredTime));
    if (retryCount != null) {
      about.put("RetryCount", retryCount);
    }
    if (taskToken != null) {
      context.putObject("Task").put("Token", taskToken);
    }
    if (item != null) {
      ObjectNode shown = context.putObject("Map").putObject("Item");
      shown.put("Index", item.index());
      shown.set("Value", item.value());
      if (item.source() != null) {
        shown.put("Source", item.source());
      }
    }
    return context;
  }
}
