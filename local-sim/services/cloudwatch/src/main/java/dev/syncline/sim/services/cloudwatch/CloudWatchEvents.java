// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;

/** Records changes of alarms in the journal. Thread-safe. */
record CloudWatchEvents(Journal journal) {
  void stateChanged(String alarm, String from, Alarm.State to) {
    journal.record(new AlarmStateChanged(alarm, from, to.value(), to.reason()));
  }

  private record AlarmStateChanged(String alarm, String from, String to, String reason)
      implements JournalRecord {
    @Override
    public String source() {
      return "cloudwatch";
    }
  }
}
