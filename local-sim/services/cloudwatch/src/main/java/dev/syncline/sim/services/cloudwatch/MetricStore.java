// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.kernel.BoundedMap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The metrics by the minute. Bounded: removes the least recently used metric, and the oldest minute
 * of a metric. Thread-safe.
 */
final class MetricStore {
  static final int MAX_METRICS = 5_000;

  /** Three days. */
  static final int MAX_MINUTES = 4_320;

  private record Series(TreeMap<Long, Values> minutes, String unit) {}

  private final LinkedHashMap<Metric, Series> metrics = BoundedMap.byUse(MAX_METRICS);

  /** A metric as it is saved. */
  record Saved(
      String namespace,
      String name,
      Map<String, String> dimensions,
      String unit,
      Map<Long, Values> minutes) {}

  /** Every metric, the least recently used first. */
  synchronized List<Saved> saved() {
    return metrics.entrySet().stream()
        .map(
            entry ->
                new Saved(
                    entry.getKey().namespace(),
                    entry.getKey().name(),
                    entry.getKey().dimensions(),
                    entry.getValue().unit,
                    new TreeMap<>(entry.getValue().minutes)))
        .toList();
  }

  /** Restores what {@link #saved} returned. */
  synchronized void restore(List<Saved> saved) {
    for (Saved one : saved) {
      metrics.put(
          new Metric(one.namespace, one.name, new TreeMap<>(one.dimensions)),
          new Series(new TreeMap<>(one.minutes), one.unit));
    }
  }

  synchronized void add(Metric metric, Instant time, Values values, String unit) {
    Series series = metrics.computeIfAbsent(metric, unused -> new Series(new TreeMap<>(), unit));
    series.minutes.merge(Math.floorDiv(time.getEpochSecond(), 60), values, Values::and);
    if (series.minutes.size() > MAX_MINUTES) {
      series.minutes.pollFirstEntry();
    }
  }

  /** The names of the metrics that match. */
  synchronized List<Metric> list(Predicate<Metric> wanted) {
    return metrics.keySet().stream().filter(wanted).toList();
  }

  /** The unit that the metric was first written with, {@code None} when there is no such metric. */
  synchronized String unit(Metric metric) {
    return metrics.containsKey(metric) ? metrics.get(metric).unit : "None";
  }

  /**
   * The values from {@code from} on and before {@code to}, by the beginning of their period.
   *
   * @param period seconds, a multiple of 60
   */
  synchronized TreeMap<Instant, Values> values(
      Metric metric, Instant from, Instant to, int period) {
    var periods = new TreeMap<Instant, Values>();
    if (!metrics.containsKey(metric)) {
      return periods;
    }
    long first = Math.floorDiv(from.getEpochSecond(), 60);
    long last = Math.ceilDiv(to.getEpochSecond(), 60);
    metrics
        .get(metric)
        .minutes
        .subMap(first, Math.max(first, last))
        .forEach(
            (minute, values) -> {
              long start = Math.floorDiv(minute * 60, (long) period) * period;
              periods.merge(Instant.ofEpochSecond(start), values, Values::and);
            });
    return periods;
  }
}
