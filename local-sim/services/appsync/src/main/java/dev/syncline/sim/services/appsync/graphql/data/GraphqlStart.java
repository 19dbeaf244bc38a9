// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.graphql.subscription.SubscriptionTerms;
import java.util.List;
import java.util.function.Function;

/** The decision on a {@code start}. */
sealed interface GraphqlStart {
  /** It is refused with these errors, at least one. */
  record Refused(List<RealtimeError> errors) implements GraphqlStart {
    Refused(RealtimeError error) {
      this(List.of(error));
    }
  }

  /**
   * The subscription can begin.
   *
   * @param projection makes the payload of a data frame from what a mutation selected; for all
   *     subscribers with equal terms
   */
  record Accepted(SubscriptionTerms terms, Function<JsonNode, ObjectNode> projection)
      implements GraphqlStart {}
}
