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
  private @Nullable Map<String, Value> own;

  private record Value(JsonNode json, long bytes) {}

  /** A scope inside {@code outer}, or a new outermost scope. */
  public Variables(@Nullable Variables outer) {
    this.outer = outer;
  }

  /** The value of a variable, null if it was not assigned. */
  public @Nullable JsonNode get(String name) {
    Value value = own == null ? null : own.get(name);
    if (value != null) {
      return value.json();
    }
    return outer == null ? null : outer.get(name);
  }

  /** Assigns in this scope a value whose size does not count. */
  public void put(String name, JsonNode value) {
    put(name, value, 0);
  }

  /**
   * Assigns in this scope.
   *
   * @param bytes length of the value's text in UTF-8
   * @return by how much the variables have grown
   */
  public long put(String name, JsonNode value, long bytes) {
    if (own == null) {
      own = new HashMap<>(4);
    }
    Value before = own.put(name, new Value(value, bytes));
    return bytes - (before == null ? 0 : before.bytes());
  }

  /** The size of the variables of this scope in bytes, without outer scopes. */
  public long bytes() {
    return own == null ? 0 : own.values().stream().mapToLong(Value::bytes).sum();
  }

  /** Everything visible here, inner scopes first. */
  public Map<String, JsonNode> visible() {
    Map<String, JsonNode> all = outer == null ? new HashMap<>() : outer.visible();
    if (own != null) {
      own.forEach((name, value) -> all.put(name, value.json()));
    }
    return all;
  }
}
