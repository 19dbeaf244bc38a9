// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workflow variables of one scope. A Parallel branch or an inline Map iteration reads its outer
 * scopes and writes its own. Not thread-safe: belongs to one execution.
 */
public final class Variables {
  private final @Nullable Variables outer;
  private final Map<String, JsonNode> own = new HashMap<>(4);

  /** A scope inside {@code outer}, or a new one of its own. */
  public Variables(@Nullable Variables outer) {
    this.outer = outer;
  }

  /** The value of a variable, null if nobody assigned it. */
  public @Nullable JsonNode get(String name) {
    JsonNode value = own.get(name);
    return value != null || outer == null ? value : outer.get(name);
  }

  /** Assigns in this scope. */
  public void put(String name, JsonNode value) {
    own.put(name, value);
  }

  /** Everything visible here, inner scopes first. */
  public Map<String, JsonNode> visible() {
    Map<String, JsonNode> all = outer == null ? new HashMap<>() : outer.visible();
    all.putAll(own);
    return all;
  }
}
