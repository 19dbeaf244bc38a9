// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A root field of a mutation that has completed. Thread-safe. */
public final class CompletedMutation {
  private final String field;
  private final boolean delivers;
  private final Supplier<JsonNode> projection;
  private @Nullable JsonNode payload;

  /**
   * A completed field.
   *
   * @param delivers whether subscriptions get it
   * @param projection makes the payload, at most once
   */
  public CompletedMutation(String field, boolean delivers, Supplier<JsonNode> projection) {
    this.field = field;
    this.delivers = delivers;
    this.projection = projection;
  }

  /** The field's name in the schema, not its alias. */
  public String field() {
    return field;
  }

  /** Whether subscriptions get it: it has a value and no error on the field itself. */
  public boolean delivers() {
    return delivers;
  }

  /**
   * The result as the mutator selected it, by names of fields instead of aliases; each object has
   * {@code __typename}. The receiver must not change it.
   */
  public synchronized JsonNode payload() {
    JsonNode known = payload;
    if (known == null) {
      known = projection.get();
      payload = known;
    }
    return known;
  }
}
