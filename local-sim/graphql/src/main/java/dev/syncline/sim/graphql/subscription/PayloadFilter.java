// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;

/** Decides which events a subscription gets. Immutable, with equality by value. */
public sealed interface PayloadFilter permits ArgumentFilter, EnhancedFilter {
  /**
   * Whether the subscription gets an event.
   *
   * @param payload what the mutation selected of its result, by field name
   */
  boolean matches(JsonNode payload);
}
