// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** It raised an error, or could not be rendered. */
  record Raised(FieldError error) implements Evaluation {}

  /** {@code util.unauthorized()}. */
  record Unauthorized() implements Evaluation {}
}
