// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsLimitsTest {
  @Test
  void everyLimitCanBeChangedByTheNameItHas() throws Exception {
    RecordComponent[] components =
        Arrays.stream(EventsLimits.class.getRecordComponents())
            .filter(one -> one.getType() != EventsBehaviour.class)
            .toArray(RecordComponent[]::new);
    assertThat(EventsLimits.NAMES)
        .containsExactly(
            Arrays.stream(components)
                .map(one -> one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
    for (int i = 0; i < components.length; i++) {
      boolean time = components[i].getType() == Duration.class;
      EventsLimits changed = EventsLimits.AWS.with(EventsLimits.NAMES.get(i), time ? "17m" : "17");
      for (int j = 0; j < components.length; j++) {
        Object expected =
            i != j
                ? components[j].getAccessor().invoke(EventsLimits.AWS)
                : time ? Duration.ofMinutes(17) : (Object) 17;
        assertThat(components[j].getAccessor().invoke(changed))
            .as(EventsLimits.NAMES.get(i) + " -> " + components[j].getName())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aBehaviourIsChosenByItsNameAndTheLimitsStay() {
    EventsLimits changed = EventsLimits.AWS.with("ack-timeout", "top-and-payload");

    assertThat(changed.behaviour().timeoutInPayload()).isTrue();
    assertThat(changed.with("ack-timeout", "top").with("apis", "50"))
        .satisfies(back -> assertThat(back.behaviour().timeoutInPayload()).isFalse())
        .extracting(EventsLimits::apis)
        .isEqualTo(50);
    assertThatThrownBy(() -> EventsLimits.AWS.with("ack-timeout", "bottom"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ack-timeout must be top or top-and-payload, got 'bottom'");
  }

  @Test
  void aFrameMayBeAsLargeAsWhatItMayCarryEscaped() {
    assertThat(EventsLimits.AWS.frameBytes()).isEqualTo(3 * 1_228_800 + 65_536);
    assertThat(EventsLimits.AWS.with("publish-bytes", "1").frameBytes())
        .isEqualTo(245_760 + 65_536);
    assertThat(EventsLimits.AWS.with("publish-bytes", "2000000000").frameBytes())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void severalCanBeChangedAtOnce() {
    EventsLimits changed = EventsLimits.AWS.with(Map.of("apis", "2", "lifetime", "1m"));
    assertThat(changed.apis()).isEqualTo(2);
    assertThat(changed.lifetime()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "event-bytes, 0",
    "event-bytes, many",
    "lifetime, 0s",
    "lifetime, 24",
    "lifetime, a day",
    "publishes-per-second, -1",
    "namespaces-per-api, 0",
    "colour, 3"
  })
  void impossibleSettingsAreRefusedByName(String name, String value) {
    assertThatThrownBy(() -> EventsLimits.AWS.with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
