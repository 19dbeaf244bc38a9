// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.util.List;

/** Reads an alarm from PutMetricAlarm's input; refuses expressions and percentiles. */
final class AlarmReader {
  static final String[] MEMBERS = {
    "AlarmName",
    "AlarmDescription",
    "ActionsEnabled",
    "OKActions",
    "AlarmActions",
    "InsufficientDataActions",
    "MetricName",
    "Namespace",
    "Statistic",
    "Dimensions",
    "Period",
    "Unit",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "Threshold",
    "ComparisonOperator",
    "TreatMissingData",
    "Tags"
  };

  private static final List<String> COMPARISONS =
      List.of(
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold");
  private static final List<String> MISSING =
      List.of("missing", "breaching", "notBreaching", "ignore");

  private AlarmReader() {}

  static Alarm read(Input input, String arnPrefix, Instant now, Alarm.State state) {
    String name = input.requiredText("AlarmName");
    if (name.length() > 255) {
      throw CloudWatchErrors.violated(
          "alarmName", "Member must have length less than or equal to 255");
    }
    String statistic = oneOf(input, "Statistic", Values.STATISTICS);
    String comparison = oneOf(input, "ComparisonOperator", COMPARISONS);
    String missing = input.text("TreatMissingData").orElse("missing");
    if (!MISSING.contains(missing)) {
      throw CloudWatchErrors.violated(
          "treatMissingData", "Member must satisfy enum value set: " + MISSING);
    }
    int periods = positive(input, "EvaluationPeriods");
    int toAlarm = input.has("DatapointsToAlarm") ? positive(input, "DatapointsToAlarm") : periods;
    if (toAlarm > periods) {
      throw CloudWatchErrors.validation(
          "DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    }
    double threshold =
        input.decimal("Threshold").orElseThrow(() -> CloudWatchErrors.missing("Threshold"));
    int period = MetricOperations.period(input);
    if ((long) period * periods > 604_800) {
      throw CloudWatchErrors.validation("Metrics cannot be checked across more than seven days.");
    }
    var metric =
        new Metric(
            input.requiredText("Namespace"),
            input.requiredText("MetricName"),
            Metric.dimensions(input));
    ObjectNode settings = Json.object();
    input.text("AlarmDescription").ifPresent(text -> settings.put("AlarmDescription", text));
    for (String actions : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
      settings.set(actions, Json.texts(input.texts(actions)));
    }
    settings.put("MetricName", metric.name());
    settings.put("Namespace", metric.namespace());
    settings.put("Statistic", statistic);
    settings.set("Dimensions", metric.dimensionsJson());
    settings.put("Period", period);
    input.text("Unit").ifPresent(text -> settings.put("Unit", text));
    settings.put("EvaluationPeriods", periods);
    if (input.has("DatapointsToAlarm")) {
      settings.put("DatapointsToAlarm", toAlarm);
    }
    settings.put("Threshold", threshold);
    settings.put("ComparisonOperator", comparison);
    if (input.has("TreatMissingData")) {
      settings.put("TreatMissingData", missing);
    }
    return new Alarm(
        name,
        arnPrefix + name,
        settings,
        metric,
        statistic,
        period,
        periods,
        toAlarm,
        threshold,
        comparison,
        missing,
        input.bool("ActionsEnabled", true),
        now,
        state);
  }

  private static String oneOf(Input input, String member, List<String> allowed) {
    String value = input.requiredText(member);
    if (!allowed.contains(value)) {
      throw CloudWatchErrors.validation(
          "The simulator supports for "
              + member
              + " the values "
              + String.join(", ", allowed)
              + ", not '"
              + value
              + "'.");
    }
    return value;
  }

  private static int positive(Input input, String member) {
    int value = input.integer(member).orElseThrow(() -> CloudWatchErrors.missing(member));
    if (value < 1) {
      String shown = Character.toLowerCase(member.charAt(0)) + member.substring(1);
      throw CloudWatchErrors.violated(shown, "Member must have value greater than or equal to 1");
    }
    return value;
  }
}
