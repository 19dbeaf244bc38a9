// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.testing.CoreServices;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that a batch may have. Source: the API reference of PutLogEvents. */
class PutLogEventsTest {
  @AutoClose private final CoreServices core = new CoreServices(new ClockMode.Skipping());
  private long now;

  @BeforeEach
  void createStream() {
    now = core.clock.millis();
    core.call("logs", "CreateLogGroup", "{'logGroupName': 'g'}");
    core.call("logs", "CreateLogStream", "{'logGroupName': 'g', 'logStreamName': 's'}");
  }

  @Test
  void tooOldEventsAreRejectedAndNotStored() {
    JsonNode answer = put(event("-P15D", "old"));

    assertThat(answer.path("rejectedLogEventsInfo").toString())
        .isEqualTo("{\"tooOldLogEventEndIndex\":1}");
    assertThat(stored()).isEmpty();
    assertThat(
            core.call("logs", "DescribeLogStreams", "{'logGroupName': 'g'}")
                .findValuesAsText("firstEventTimestamp"))
        .isEmpty();
  }

  @Test
  void tooNewEventsAreRejectedFromTheirIndexOn() {
    JsonNode answer = put(event("PT0S", "now"), event("PT1H59M", "soon"), event("PT2H1M", "new"));

    assertThat(answer.path("rejectedLogEventsInfo").toString())
        .isEqualTo("{\"tooNewLogEventStartIndex\":2}");
    assertThat(stored()).containsExactly("now", "soon");
  }

  @Test
  void eventsPastTheRetentionAreExpired() {
    core.call("logs", "PutRetentionPolicy", "{'logGroupName': 'g', 'retentionInDays': 3}");

    JsonNode answer = put(event("-PT73H", "old"), event("-PT71H", "kept"));

    assertThat(answer.path("rejectedLogEventsInfo").toString())
        .isEqualTo("{\"expiredLogEventEndIndex\":1}");
    assertThat(stored()).containsExactly("kept");
  }

  @Test
  void aBatchThatIsTakenWholeTellsOfNothingRejected() {
    JsonNode answer = put(event("-P13D", "a"), event("-P13D", "b"));

    assertThat(answer.has("rejectedLogEventsInfo")).isFalse();
    assertThat(stored()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT0S | -PT1S | Log events in a single PutLogEvents request must be in chronological"
            + " order.",
        "-PT24H0.001S | PT0S | The batch of log events in a single PutLogEvents request cannot span"
            + " more than 24 hours.",
      })
  void aBatchOutOfOrderOrTooLongIsRefusedWhole(String first, String second, String message) {
    refused(message, event(first, "a"), event(second, "b"));
  }

  @Test
  void aBatchMayHaveAMebibyteWithTwentySixBytesForEachEvent() {
    String half = "ä".repeat(262_144 - 13);

    refused(
        "Upload too large: 1048577 bytes exceeds limit of 1048576",
        event("PT0S", half),
        event("PT0S", half + "a"));
    put(event("PT0S", half), event("PT0S", half));
    assertThat(stored()).hasSize(2);
  }

  private void refused(String message, String... events) {
    assertThatThrownBy(() -> put(events))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("InvalidParameterException");
              assertThat(refused.text()).isEqualTo(message);
            });
    assertThat(stored()).isEmpty();
  }

  private String event(String after, String message) {
    return "{'timestamp': "
        + (now + Duration.parse(after).toMillis())
        + ", 'message': '"
        + message
        + "'}";
  }

  private JsonNode put(String... events) {
    return core.call(
        "logs",
        "PutLogEvents",
        "{'logGroupName': 'g', 'logStreamName': 's', 'logEvents': ["
            + String.join(",", events)
            + "]}");
  }

  private List<String> stored() {
    return core.call(
            "logs",
            "GetLogEvents",
            "{'logGroupName': 'g', 'logStreamName': 's', 'startFromHead': true}")
        .findValuesAsText("message");
  }
}
