// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

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
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The alarms by name, with their tags. A background timer of each evaluates its metric once a
 * minute; an idle clock does not skip to such timers. A change of state is recorded in the journal;
 * actions are stored and shown but not run. Thread-safe.
 */
final class AlarmStore {
  private static final Duration STEP = Duration.ofMinutes(1);

  private final SimClock clock;
  private final CloudWatchEvents events;
  private final MetricStore metrics;
  private final TreeMap<String, Alarm> alarms = new TreeMap<>();
  private final Map<String, TreeMap<String, String>> tagsByArn = new HashMap<>();
  private final Map<String, Timer> timers = new HashMap<>();

  AlarmStore(SimClock clock, CloudWatchEvents events, MetricStore metrics) {
    this.clock = clock;
    this.events = events;
    this.metrics = metrics;
  }

  synchronized Collection<Alarm> all() {
    return List.copyOf(alarms.values());
  }

  /**
   * Creates or updates an alarm. An update keeps the state and the tags.
   *
   * @param max how many alarms there may be
   * @param tags reads the tags of a new alarm; an update takes none
   * @param reader makes the alarm with the state that it is given
   */
  synchronized void configure(
      String name,
      int max,
      Supplier<Map<String, String>> tags,
      Function<Alarm.State, Alarm> reader) {
    Alarm existing = alarms.get(name);
    if (existing == null && alarms.size() >= max) {
      throw CloudWatchErrors.tooManyAlarms(max);
    }
    Alarm alarm =
        reader.apply(
            existing == null
                ? new Alarm.State(
                    "INSUFFICIENT_DATA", "Unchecked: Initial alarm creation", null, clock.now())
                : existing.state());
    if (existing == null) {
      tagsByArn.put(alarm.arn(), new TreeMap<>(tags.get()));
    }
    put(alarm);
  }

  /** Restores an alarm with its tags. */
  synchronized void restore(Alarm alarm, Map<String, String> tags) {
    tagsByArn.put(alarm.arn(), new TreeMap<>(tags));
    put(alarm);
  }

  private void put(Alarm alarm) {
    alarms.put(alarm.name(), alarm);
    if (!timers.containsKey(alarm.name())) {
      scheduleEvaluation(alarm.name());
    }
  }

  synchronized void remove(String name) {
    Alarm removed = alarms.remove(name);
    if (removed != null) {
      tagsByArn.remove(removed.arn());
    }
    Timer timer = timers.remove(name);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** A copy of the tags of every alarm, by ARN. */
  synchronized Map<String, Map<String, String>> allTags() {
    var copy = new TreeMap<String, Map<String, String>>();
    tagsByArn.forEach((arn, tags) -> copy.put(arn, new TreeMap<>(tags)));
    return copy;
  }

  /** A copy of the tags of an alarm, in order of key. */
  synchronized Map<String, String> tags(String arn) {
    return new TreeMap<>(taggable(arn));
  }

  synchronized void tag(String arn, Map<String, String> added) {
    taggable(arn).putAll(added);
  }

  synchronized void untag(String arn, Collection<String> keys) {
    taggable(arn).keySet().removeAll(keys);
  }

  private TreeMap<String, String> taggable(String arn) {
    TreeMap<String, String> tags = tagsByArn.get(arn);
    if (tags == null) {
      throw CloudWatchErrors.unknownResource(arn);
    }
    return tags;
  }

  /** Changes an alarm; false when it does not exist. */
  synchronized boolean change(String name, UnaryOperator<Alarm> change) {
    return alarms.computeIfPresent(name, (same, alarm) -> change.apply(alarm)) != null;
  }

  /** Sets the state of an alarm; false when the alarm does not exist. */
  synchronized boolean set(String name, Alarm.State state) {
    Alarm before = alarms.get(name);
    if (before == null) {
      return false;
    }
    alarms.put(name, before.in(state));
    if (!before.state().value().equals(state.value())) {
      events.stateChanged(name, before.state().value(), state);
    }
    return true;
  }

  private void scheduleEvaluation(String name) {
    timers.put(name, clock.schedule(TimerKind.BACKGROUND, STEP, () -> evaluate(name)));
  }

  private synchronized void evaluate(String name) {
    Alarm alarm = alarms.get(name);
    if (alarm == null) {
      return;
    }
    scheduleEvaluation(name);
    evaluate(alarm);
  }

  /** Evaluates the complete periods only; AWS looks back further when datapoints are missing. */
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
}
