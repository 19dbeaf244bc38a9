// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;

/** Records events of the default bus in the journal, without their details. Thread-safe. */
record EventBridgeEvents(Journal journal) {
  /** PutEvents accepted an event; its id is the correlation id. */
  void accepted(String eventId, String source, String detailType) {
    journal.record(new PutEvents(eventId, source, detailType));
  }

  private record PutEvents(
      @Hidden String correlationId, @Detail("source") String eventSource, String detailType)
      implements JournalRecord {
    @Override
    public String source() {
      return "events";
    }
  }
}
