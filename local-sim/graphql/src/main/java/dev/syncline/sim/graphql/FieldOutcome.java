// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/**
 * What a resolver gives back.
 *
 * @param value the field's value before completion; a null node when the resolver failed
 * @param errors raised or appended errors, in order
 */
public record FieldOutcome(JsonNode value, List<FieldError> errors) {
  /** Copies the list. */
  public FieldOutcome {
    errors = List.copyOf(errors);
  }

  /** A value without errors. */
  public static FieldOutcome of(JsonNode value) {
    return new FieldOutcome(value, List.of());
  }

  /** A failure without a value. */
  public static FieldOutcome failed(FieldError error) {
    return new FieldOutcome(NullNode.instance, List.of(error));
  }
}
