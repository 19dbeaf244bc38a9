// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;

/** A document as parsing and validation left it. Thread-safe. */
sealed interface PreparedDocument {
  /** A text that is not GraphQL, or exceeds a bound of the parser. */
  record Malformed(GraphqlRefusal refusal) implements PreparedDocument {}

  /** A document with validation errors, as the response shows them. */
  record Invalid(ArrayNode errors) implements PreparedDocument {}

  /**
   * A valid document.
   *
   * @param operations by name; an operation without a name has an empty one
   */
  record Valid(Map<String, PreparedOperation> operations) implements PreparedDocument {}
}
