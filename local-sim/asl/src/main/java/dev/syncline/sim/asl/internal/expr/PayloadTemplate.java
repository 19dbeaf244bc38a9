// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;

/** A JSON value with places to fill in when a state runs. Immutable and thread-safe. */
public sealed interface PayloadTemplate permits PathTemplate, JsonataTemplate {
  /**
   * Fills in.
   *
   * @throws StateFailure if a query fails
   */
  JsonNode evaluate(Scope scope);
}
