// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.CompletedMutation;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.List;

/** Takes the mutations of requests, for subscriptions. Thread-safe. */
@FunctionalInterface
interface MutationListener {
  /** Nothing listens. */
  MutationListener NONE = (api, completed, effects) -> {};

  /**
   * A request has been executed; called before its answer is sent.
   *
   * @param completed the root fields of its mutation in order; empty for a query
   * @param effects what resolvers did beside, among it invalidations
   */
  void completed(GraphqlApiRecord api, List<CompletedMutation> completed, RequestEffects effects);
}
