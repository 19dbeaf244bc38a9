// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.TimeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations on metrics. Expressions, percentiles and periods under a minute are refused. */
record MetricOperations(SimClock clock, MetricStore store) {
  private static final int MAX_DATA = 1_000;
  private static final int MAX_VALUES = 150;
  private static final int MAX_LISTED = 500;
  private static final int MAX_DATAPOINTS = 1_440;
  private static final int MAX_QUERIES = 500;

  List<Operation> operations() {
    return List.of(
        Operation.of("PutMetricData: Namespace, MetricData", this::put),
        Operation.of("ListMetrics: Namespace, MetricName, Dimensions, NextToken", this::list),
        Operation.of(
            """
            GetMetricStatistics: Namespace, MetricName, Dimensions, StartTime, EndTime, Period,
              Statistics, Unit
            """,
            this::statistics),
        Operation.of(
            """
            GetMetricData: MetricDataQueries, StartTime, EndTime, NextToken, ScanBy,
              MaxDatapoints
            """,
            this::data));
  }

  private Output put(Input input, CallContext context) {
    String namespace =
        input.text("Namespace").orElseThrow(() -> CloudWatchErrors.missing("Namespace"));
    if (namespace.startsWith("AWS/")) {
      throw CloudWatchErrors.invalid(
          "The value AWS/ for parameter Namespace is invalid: it is reserved for AWS services.");
    }
    List<Input> data = input.structures("MetricData");
    if (data.isEmpty() || data.size() > MAX_DATA) {
      throw CloudWatchErrors.invalid("MetricData must hold 1 to " + MAX_DATA + " metrics.");
    }
    var read = new ArrayList<Runnable>();
    for (Input datum : data) {
      datum.only(
          "MetricName",
          "Dimensions",
          "Timestamp",
          "Value",
          "StatisticValues",
          "Values",
          "Counts",
          "Unit",
          "StorageResolution");
      var metric =
          new Metric(namespace, datum.requiredText("MetricName"), Metric.dimensions(datum));
      Values values = values(datum);
      Instant time = datum.time("Timestamp").orElseGet(clock::now);
      String unit = datum.text("Unit").orElse("None");
      read.add(() -> store.add(metric, time, values, unit));
    }
    // All or nothing.
    read.forEach(Runnable::run);
    return Output.empty();
  }

  private static Values values(Input datum) {
    if (datum.has("StatisticValues")) {
      Input set =
          datum
              .structure("StatisticValues")
              .orElseThrow()
              .only("SampleCount", "Sum", "Minimum", "Maximum");
      return new Values(
          number(set, "SampleCount"),
          number(set, "Sum"),
          number(set, "Minimum"),
          number(set, "Maximum"));
    }
    if (!datum.has("Values")) {
      return Values.of(number(datum, "Value"), 1);
    }
    List<String> values = datum.texts("Values");
    List<String> counts = datum.texts("Counts");
    if (values.isEmpty()
        || values.size() > MAX_VALUES
        || (!counts.isEmpty() && counts.size() != values.size())) {
      throw CloudWatchErrors.invalid(
          "Values must hold 1 to " + MAX_VALUES + " numbers, and Counts as many.");
    }
    Values all = null;
    for (int i = 0; i < values.size(); i++) {
      try {
        double count = counts.isEmpty() ? 1 : Double.parseDouble(counts.get(i));
        Values one = Values.of(Double.parseDouble(values.get(i)), count);
        all = all == null ? one : all.and(one);
      } catch (NumberFormatException notANumber) {
        throw CloudWatchErrors.invalid("Values and Counts must hold numbers.");
      }
    }
    return all == null ? Values.of(0, 0) : all;
  }

  private static double number(Input input, String member) {
    return input.decimal(member).orElseThrow(() -> CloudWatchErrors.missing(member));
  }

  private Output list(Input input, CallContext context) {
    String namespace = input.text("Namespace").orElse("");
    String name = input.text("MetricName").orElse("");
    List<Input> filters = input.structures("Dimensions");
    List<Metric> found =
        store
            .list(
                metric ->
                    (namespace.isEmpty() || metric.namespace().equals(namespace))
                        && (name.isEmpty() || metric.name().equals(name))
                        && filters.stream().allMatch(filter -> has(metric, filter)))
            .stream()
            .sorted(
                Comparator.comparing(Metric::namespace)
                    .thenComparing(Metric::name)
                    .thenComparing(metric -> metric.dimensions().toString()))
            .toList();
    Pages.Page<Metric> page =
        Pages.page(found, MAX_LISTED, input.text("NextToken"), "InvalidParameterValueException");
    return Output.of(page.addTo(Json.object(), "Metrics", Metric::json, "NextToken"));
  }

  private static boolean has(Metric metric, Input filter) {
    filter.only("Name", "Value");
    String value = metric.dimensions().get(filter.requiredText("Name"));
    return value != null && filter.text("Value").map(value::equals).orElse(true);
  }

  private Output statistics(Input input, CallContext context) {
    var metric =
        new Metric(
            input.requiredText("Namespace"),
            input.requiredText("MetricName"),
            Metric.dimensions(input));
    List<String> statistics = input.texts("Statistics");
    if (statistics.isEmpty()) {
      throw CloudWatchErrors.missing("Statistics");
    }
    TreeMap<Instant, Values> values = values(metric, input, period(input));
    if (values.size() > MAX_DATAPOINTS) {
      throw CloudWatchErrors.combination(
          "You have requested up to "
              + values.size()
              + " datapoints, which exceeds the limit of "
              + MAX_DATAPOINTS
              + ".");
    }
    String unit = store.unit(metric);
    ObjectNode json = Json.object().put("Label", metric.name());
    ArrayNode points = json.putArray("Datapoints");
    if (input.text("Unit").map(unit::equals).orElse(true)) {
      values.forEach(
          (time, kept) -> {
            ObjectNode point = points.addObject();
            point.set("Timestamp", new TimeValue(time));
            statistics.forEach(statistic -> point.put(statistic, kept.statistic(statistic)));
            point.put("Unit", unit);
          });
    }
    return Output.of(json);
  }

  private Output data(Input input, CallContext context) {
    List<Input> queries = input.structures("MetricDataQueries");
    if (queries.isEmpty() || queries.size() > MAX_QUERIES) {
      throw CloudWatchErrors.invalid("MetricDataQueries must hold 1 to " + MAX_QUERIES + ".");
    }
    boolean ascending = input.text("ScanBy").filter("TimestampAscending"::equals).isPresent();
    ObjectNode json = Json.object();
    ArrayNode results = json.putArray("MetricDataResults");
    var ids = new HashSet<String>();
    for (Input query : queries) {
      query.only("Id", "MetricStat", "Label", "ReturnData");
      String id = query.requiredText("Id");
      if (!ids.add(id)) {
        throw CloudWatchErrors.invalid("The id '" + id + "' of MetricDataQueries is there twice.");
      }
      Input stat =
          query
              .structure("MetricStat")
              .orElseThrow(() -> CloudWatchErrors.missing("MetricStat"))
              .only("Metric", "Period", "Stat", "Unit");
      Input named =
          stat.structure("Metric")
              .orElseThrow(() -> CloudWatchErrors.missing("MetricStat.Metric"))
              .only("Namespace", "MetricName", "Dimensions");
      var metric =
          new Metric(
              named.requiredText("Namespace"),
              named.requiredText("MetricName"),
              Metric.dimensions(named));
      TreeMap<Instant, Values> values = values(metric, input, period(stat));
      if (!query.bool("ReturnData", true)) {
        continue;
      }
      ObjectNode result =
          results.addObject().put("Id", id).put("Label", query.text("Label").orElse(metric.name()));
      ArrayNode times = result.putArray("Timestamps");
      ArrayNode numbers = result.putArray("Values");
      Map<Instant, Values> ordered = ascending ? values : values.descendingMap();
      ordered.forEach(
          (time, kept) -> {
            times.add(new TimeValue(time));
            numbers.add(kept.statistic(stat.requiredText("Stat")));
          });
      result.put("StatusCode", "Complete");
    }
    return Output.of(json);
  }

  private TreeMap<Instant, Values> values(Metric metric, Input times, int period) {
    Instant from = times.time("StartTime").orElseThrow(() -> CloudWatchErrors.missing("StartTime"));
    Instant to = times.time("EndTime").orElseThrow(() -> CloudWatchErrors.missing("EndTime"));
    if (!from.isBefore(to)) {
      throw CloudWatchErrors.invalid(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
    return store.values(metric, from, to, period);
  }

  static int period(Input input) {
    int period = input.integer("Period").orElseThrow(() -> CloudWatchErrors.missing("Period"));
    if (period < 60 || period % 60 != 0) {
      throw CloudWatchErrors.invalid(
          "The simulator keeps metrics by the minute: Period must be a multiple of 60, got "
              + period
              + ".");
    }
    return period;
  }
}
