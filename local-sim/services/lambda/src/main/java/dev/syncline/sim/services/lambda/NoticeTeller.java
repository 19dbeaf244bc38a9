// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.LogSink;

/**
 * Tells the user how a function differs from AWS here: once as an event of the journal and as a
 * line in the function's log group, and for as long as the function exists by {@link
 * FunctionNotices}. Thread-safe.
 */
record NoticeTeller(SimClock clock, Journal journal, LogSink logs, FunctionNotices.Kept kept) {
  private static final String STREAM = "simulator";

  void tell(String function, String logGroup, String text) {
    if (kept.add(function, text)) {
      journal.record(new FunctionNotice(function, text));
      logs.append(logGroup, STREAM, clock.now(), "[NOTICE] " + text);
    }
  }

  /** Forgets the notices of a function, before it is checked again or when it has been deleted. */
  void forget(String function) {
    kept.forget(function);
  }
}
