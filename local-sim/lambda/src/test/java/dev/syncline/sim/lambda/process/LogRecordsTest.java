// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Log events out of the output of a process. */
class LogRecordsTest {
  private final List<String> events = new ArrayList<>();
  private final LogRecords records = new LogRecords(10, events::add);

  @Test
  void aLineIsAnEventAndARecordIsOneEventOfSeveralLines() {
    records.line("plain\r");
    records.line("before" + LogRecords.BEGIN + "one");
    records.line("");
    records.line("two" + LogRecords.END);
    records.line(LogRecords.BEGIN + LogRecords.END);
    records.line("after");

    assertThat(events).containsExactly("plain", "before", "one\n\ntwo", "", "after");
  }

  @Test
  void aRecordThatIsInterruptedByAMarkGoesOn() {
    records.part(LogRecords.BEGIN + "one");
    records.line(" two" + LogRecords.END);

    assertThat(events).containsExactly("one two");
  }

  @Test
  void aRecordThatIsTooLongBecomesSeveralEventsAndAnUnfinishedOneIsKept() {
    records.line(LogRecords.BEGIN + "0123456789");
    records.line("abcdefghijklm");
    records.finish();

    assertThat(String.join("", events)).isEqualTo("0123456789\nabcdefghijklm\n");
    assertThat(events).allMatch(event -> event.length() <= 10);
  }
}
