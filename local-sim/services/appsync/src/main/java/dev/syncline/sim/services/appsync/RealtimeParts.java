// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.NamespaceHandlers;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;

/** The dependencies that all realtime connections share. Thread-safe. */
record RealtimeParts(
    SimClock clock,
    Journal journal,
    FaultPlan faults,
    PublishGate gate,
    Verifier verifier,
    NamespaceHandlers handlers,
    EventsLimits limits) {

  /** Puts it into the journal. */
  void record(AppSyncJournal event) {
    journal.record(event);
  }
}
