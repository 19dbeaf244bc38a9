// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalEvent;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The alarms by name. Each looks at its metric once a minute, which is housekeeping on the clock:
 * an idle simulator does not move for it. A change of state is in the journal; actions are kept and
 * shown, and not carried out. Thread-safe.
 */
final class Alarms {
  private static final Duration STEP = Duration.ofMinutes(1);

  private final SimClock clock;
  private final Journal journal;
  private final MetricStore metrics;
  private final TreeMap<String, Alarm> alarms = new TreeMap<>();
  private final Map<String, Timer> timers = new HashMap<>();

  Alarms(SimClock clock, Journal journal, MetricStore metrics) {
    this.clock = clock;
    this.journal = journal;
    this.metrics = metrics;
  }

  synchronized @Nullable Alarm find(String name) {
    return alarms.get(name);
  }

  synchronized Collection<Alarm> all() {
    return List.copyOf(alarms.values());
  }

  synchronized void put(Alarm alarm) {
    alarms.put(alarm.name(), alarm);
    if (!timers.containsKey(alarm.name())) {
      lookAgain(alarm.name());
    }
  }

  synchronized void remove(String name) {
    alarms.remove(name);
    Timer timer = timers.remove(name);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Changes an alarm, when there is one of the name. */
  synchronized boolean change(String name, UnaryOperator<Alarm> change) {
    return alarms.computeIfPresent(name, (same, alarm) -> change.apply(alarm)) != null;
  }

  /** Puts an alarm into a state. */
  synchronized boolean set(String name, Alarm.State state) {
    Alarm before = alarms.get(name);
    if (before == null) {
      return false;
    }
    alarms.put(name, before.in(state));
    if (!before.state().value().equals(state.value())) {
      journal.record(new StateChanged(name, before.state().value(), state.value(), state.reason()));
    }
    return true;
  }

  private void lookAgain(String name) {
    timers.put(name, clock.schedule(TimerKind.BACKGROUND, STEP, () -> look(name)));
  }

  private synchronized void look(String name) {
    Alarm alarm = alarms.get(name);
    if (alarm == null) {
      return;
    }
    lookAgain(name);
    evaluate(alarm);
  }

  /**
   * Judges by the periods that are over; the service looks back a little further when some miss.
   */
  private void evaluate(Alarm alarm) {
    long period = alarm.period();
    long end = Math.floorDiv(clock.now().getEpochSecond(), period) * period;
    Instant to = Instant.ofEpochSecond(end);
    Instant from = to.minusSeconds(period * alarm.periods());
    TreeMap<Instant, Values> values = metrics.values(alarm.metric(), from, to, alarm.period());
    int breaching = 0;
    for (Values kept : values.values()) {
      breaching += alarm.breaches(kept.statistic(alarm.statistic())) ? 1 : 0;
    }
    int missing = alarm.periods() - values.size();
    switch (alarm.missing()) {
      case "breaching" -> breaching += missing;
      case "ignore" -> {
        if (values.isEmpty()) {
          return;
        }
      }
      case "missing" -> {
        if (values.isEmpty()) {
          become(alarm, "INSUFFICIENT_DATA", "Insufficient Data: no datapoints were received.");
          return;
        }
      }
      default -> {}
    }
    String found =
        breaching
            + " of the last "
            + alarm.periods()
            + " datapoints breached the threshold ("
            + alarm.threshold()
            + "), "
            + missing
            + " were missing.";
    become(alarm, breaching >= alarm.toAlarm() ? "ALARM" : "OK", "Threshold Crossed: " + found);
  }

  private void become(Alarm alarm, String value, String reason) {
    if (!alarm.state().value().equals(value)) {
      set(alarm.name(), new Alarm.State(value, reason, null, clock.now()));
    }
  }

  /** An alarm went from one state to another. */
  record StateChanged(String alarm, String from, String to, String reason) implements JournalEvent {
    @Override
    public String type() {
      return "cloudwatch.AlarmStateChanged";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("alarm", alarm, "from", from, "to", to, "reason", reason);
    }
  }
}
