// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalRecordTest {
  private sealed interface QueueEvent extends JournalRecord {
    @Override
    default String source() {
      return "sqs";
    }
  }

  private record Sent(
      String queue,
      int count,
      @Detail("waitMillis") Duration waited,
      @OmitEmpty String group,
      String body,
      @Hidden String secret,
      @Nullable String trace)
      implements QueueEvent {}

  @JournalRecord.OmitEmpty
  private record Purged(String queue, String reason) implements QueueEvent {}

  private record Cause(String error, String reason) implements JournalDetails {
    @Override
    public Map<String, String> details() {
      var details = new LinkedHashMap<String, String>();
      details.put("error", error);
      details.put("reason", reason);
      return details;
    }
  }

  private record Failed(String queue, Cause cause, boolean last) implements QueueEvent {
    @Override
    public Map<String, String> details() {
      Map<String, String> details = JournalRecord.componentsOf(this);
      details.put("message", "failed: " + cause.error());
      return details;
    }
  }

  private static final class NotARecord implements QueueEvent {}

  @Test
  void theTypeIsTheSourceAndTheNameOfTheRecord() {
    assertThat(new Purged("jobs", "").type()).isEqualTo("sqs.Purged");
  }

  @Test
  void componentsAreShownInTheirOrderUnderTheirNames() {
    var sent = new Sent("jobs", 3, Duration.ofSeconds(1), "g", "b", "s3cret", "t");

    assertThat(sent.details())
        .containsExactly(
            entry("queue", "jobs"),
            entry("count", "3"),
            entry("waitMillis", "1000"),
            entry("group", "g"),
            entry("body", "b"),
            entry("trace", "t"));
  }

  @Test
  void nullAndMarkedEmptyComponentsAreLeftOut() {
    assertThat(new Sent("jobs", 0, Duration.ZERO, "", "", "s3cret", null).details())
        .containsExactly(
            entry("queue", "jobs"),
            entry("count", "0"),
            entry("waitMillis", "0"),
            entry("body", ""));
    assertThat(new Purged("jobs", "").details()).containsExactly(entry("queue", "jobs"));
  }

  @Test
  void aComponentWithDetailsIsReplacedByThemAndAnEventCanAddItsOwn() {
    assertThat(new Failed("jobs", new Cause("Timeout", "slow"), true).details())
        .containsExactly(
            entry("queue", "jobs"),
            entry("error", "Timeout"),
            entry("reason", "slow"),
            entry("last", "true"),
            entry("message", "failed: Timeout"));
  }

  @Test
  void aClassThatIsNotARecordIsRefusedByName() {
    assertThatThrownBy(() -> new NotARecord().details())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NotARecord is not a record");
  }
}
