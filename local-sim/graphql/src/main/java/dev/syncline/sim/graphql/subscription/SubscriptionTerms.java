// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides which events a subscription gets and what they contain. Equality by value. Immutable
 * if the variables are not changed.
 *
 * @param field the subscription field
 * @param mutations the mutation fields that trigger it
 * @param query the document
 * @param variables the document's variables
 * @param operationName null without a name
 * @param access equal for subscribers that may see the same fields of the same schema
 * @param filter decides which events arrive
 * @param invalidation ends the subscription; null without such a filter
 */
public record SubscriptionTerms(
    String field,
    List<String> mutations,
    String query,
    ObjectNode variables,
    @Nullable String operationName,
    Object access,
    PayloadFilter filter,
    @Nullable EnhancedFilter invalidation) {
  /** Copies the list. */
  public SubscriptionTerms {
    mutations = List.copyOf(mutations);
  }
}
