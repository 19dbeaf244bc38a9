// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldError;

/** How a request or response template, or function of code, ended. */
public sealed interface Evaluation {
  /** Where an early return continues. */
  enum SkipTo {
    /** The next function of the pipeline. */
    NEXT,
    /** The response part of the resolver. */
    END
  }

  /** It rendered or returned a value. */
  record Produced(JsonNode value) implements Evaluation {}

  /** {@code #return} or {@code runtime.earlyReturn}. */
  record Returned(JsonNode value, SkipTo skipTo) implements Evaluation {}

  /**
   * It raised an error, or could not be rendered.
   *
   * @param value the field's value beside the error, a null node for most errors
   */
  record Raised(FieldError error, JsonNode value) implements Evaluation {
    /** An error without a value. */
    public Raised(FieldError error) {
      this(error, NullNode.instance);
    }
  }

  /** {@code util.unauthorized()}. */
  record Unauthorized() implements Evaluation {}
}
