// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalAndFaultsTest {
  private final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-01-01T00:00:00Z"), Duration.ZERO);
  private final Journal journal = new Journal(clock, 3);
  private final FaultPlan faults = plan(1);

  private FaultPlan plan(long seed) {
    var plan = new FaultPlan(journal, new Ids(seed));
    plan.declare(
        new FaultPlace(
            "events.delivery",
            "an event on its way",
            List.of(Fault.Drop.class, Fault.Delay.class),
            Set.of("channel")),
        new FaultPlace("p", "any", List.of(Fault.Drop.class), Set.of()));
    return plan;
  }

  private record Note(String text) implements JournalEvent {
    @Override
    public String type() {
      return "test.Note";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("text", text);
    }
  }

  @Test
  void aFullJournalDropsItsOldestEntries() {
    for (int i = 1; i <= 5; i++) {
      journal.record(new Note("n" + i));
    }

    assertThat(journal.since(0)).extracting(Journal.Entry::sequence).containsExactly(3L, 4L, 5L);
    assertThat(journal.lastSequence()).isEqualTo(5);
  }

  @Test
  void entriesCarryVirtualTime() {
    clock.advance(Duration.ofSeconds(10));

    assertThat(journal.record(new Note("x")).time()).isEqualTo("2026-01-01T00:00:10Z");
  }

  @Test
  void aListenerHearsUntilItIsClosed() {
    var heard = new ArrayList<Long>();
    ClockActivity listening = journal.listen(entry -> heard.add(entry.sequence()));
    journal.record(new Note("a"));
    listening.close();
    journal.record(new Note("b"));

    assertThat(heard).containsExactly(1L);
  }

  @Test
  void aFaultStrikesAsOftenAsPlannedAndIsJournalled() {
    faults.add("events.delivery", d -> "/a".equals(d.get("channel")), 1, 2, new Fault.Drop());

    assertThat(faults.strike("events.delivery", Map.of("channel", "/b"))).isEmpty();
    assertThat(faults.strike("other", Map.of("channel", "/a"))).isEmpty();
    assertThat(faults.strike("events.delivery", Map.of("channel", "/a")))
        .contains(new Fault.Drop());
    assertThat(faults.strike("events.delivery", Map.of("channel", "/a"))).isPresent();
    assertThat(faults.strike("events.delivery", Map.of("channel", "/a"))).isEmpty();
    assertThat(journal.since(0)).hasSize(2);
  }

  @Test
  void aRuleThatIsUsedUpIsRemoved() {
    faults.once("p", new Fault.Drop());
    faults.add("events.delivery", details -> true, 1, Integer.MAX_VALUE, new Fault.Drop());
    assertThat(faults.plans("p")).isTrue();

    faults.strike("p", Map.of());

    assertThat(faults.plans("p")).isFalse();
    assertThat(faults.rules())
        .singleElement()
        .extracting(FaultRule::place)
        .isEqualTo("events.delivery");
    assertThat(faults.strike("p", Map.of())).isEmpty();
    assertThat(faults.strike("events.delivery", Map.of())).isPresent();
    assertThat(faults.plans("events.delivery")).isTrue();
  }

  @Test
  void chanceRepeatsUnderTheSameSeed() {
    var first = new ArrayList<Boolean>();
    var second = new ArrayList<Boolean>();
    for (var outcomes : java.util.List.of(first, second)) {
      FaultPlan plan = plan(7);
      plan.add("p", d -> true, 0.5, 100, new Fault.Drop());
      for (int i = 0; i < 50; i++) {
        outcomes.add(plan.strike("p", Map.of()).isPresent());
      }
    }

    assertThat(first).isEqualTo(second).contains(true, false);
  }

  @Test
  void impossibleFaultsAreRefused() {
    assertThatThrownBy(() -> faults.add("p", d -> true, 0, 1, new Fault.Drop()))
        .hasMessageContaining("probability");
    assertThatThrownBy(() -> new Fault.Duplicate(1)).hasMessageContaining("2");
    for (int code : new int[] {999, 1004, 1005, 1006, 1015, 2000, 5000}) {
      assertThatThrownBy(() -> new Fault.Close(code, "")).hasMessageContaining("" + code);
    }
  }

  @Test
  void aFaultThatThePlaceCannotDoIsRefusedWhenItIsPlanned() {
    assertThatThrownBy(() -> faults.once("events.delivery", new Fault.Disconnect()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("events.delivery")
        .hasMessageContaining("Drop, Delay");
    assertThatThrownBy(() -> faults.once("events.deliveries", new Fault.Drop()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("events.deliveries")
        .hasMessageContaining("events.delivery, p");
    assertThatThrownBy(
            () -> faults.add(FaultRule.always("p", new Fault.Drop()).when("channel", "/a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel");
    assertThat(faults.rules()).isEmpty();
  }

  @Test
  void aRuleAsAValueStrikesWhereItsDetailsMatch() {
    faults.add(FaultRule.always("events.delivery", new Fault.Drop()).when("channel", "/a/*"));

    assertThat(faults.strike("events.delivery", Map.of("channel", "/a/b"))).isPresent();
    assertThat(faults.strike("events.delivery", Map.of("channel", "/b"))).isEmpty();
    assertThat(faults.strike("events.delivery", Map.of())).isEmpty();
    faults.add(new FaultRule("p", Map.of(), 1, 2, new Fault.Drop()));
    faults.strike("p", Map.of());
    assertThat(faults.rules()).extracting(FaultRule::times).containsExactly(Integer.MAX_VALUE, 1);
    faults.strike("p", Map.of());
    assertThat(faults.rules()).extracting(FaultRule::place).containsExactly("events.delivery");
    assertThat(faults.plans("p")).isFalse();
    faults.clear();
    assertThat(faults.rules()).isEmpty();
    assertThat(faults.plans("p")).isFalse();
  }

  @Test
  void timeIsParsedOrRefusedWithWhatIsAccepted() {
    assertThat(ClockMode.parse("real")).isEqualTo(new ClockMode.Real());
    assertThat(ClockMode.parse("x10")).isEqualTo(new ClockMode.Scaled(10));
    assertThat(ClockMode.parse("skip")).isEqualTo(new ClockMode.Skipping());
    for (String bad : java.util.List.of("", "x", "x0", "x-1", "fast", "xNaN")) {
      assertThatThrownBy(() -> ClockMode.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void arnsAreTakenApartAndPutTogether() {
    String text = "arn:aws:states:us-east-1:111111111111:execution:machine:name";

    assertThat(Arn.parse(text).resource()).isEqualTo("execution:machine:name");
    assertThat(Arn.parse(text)).hasToString(text);
    assertThatThrownBy(() -> Arn.parse("arn:aws:x")).hasMessageContaining("not an ARN");
  }
}
