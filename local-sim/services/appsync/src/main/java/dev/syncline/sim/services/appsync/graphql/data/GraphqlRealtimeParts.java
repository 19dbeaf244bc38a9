// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.graphql.subscription.SubscriptionLimits;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;

/**
 * The dependencies that all connections of GraphQL APIs share. Thread-safe.
 *
 * @param timing its keep-alive, lifetime and frame size hold for both kinds of API
 */
record GraphqlRealtimeParts(
    SimClock clock,
    Ids ids,
    Journal journal,
    FaultPlan faults,
    GraphqlGate gate,
    GraphqlMetrics metrics,
    SubscriptionLimits limits,
    EventsLimits timing) {
  /** Puts it into the journal. */
  void record(GraphqlRealtimeJournal event) {
    journal.record(event);
  }
}
