// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.TimeValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an alarm. Immutable; a change creates a new one.
 *
 * @param settings {@code MetricAlarm}'s members that were given, as the API shows them
 * @param missing {@code TreatMissingData}
 */
record Alarm(
    String name,
    String arn,
    ObjectNode settings,
    Metric metric,
    String statistic,
    int period,
    int periods,
    int toAlarm,
    double threshold,
    String comparison,
    String missing,
    boolean actionsEnabled,
    Instant configured,
    State state) {

  /**
   * The state of an alarm.
   *
   * @param reasonData JSON, null for none
   */
  record State(String value, String reason, @Nullable String reasonData, Instant since) {
    static final List<String> VALUES = List.of("OK", "ALARM", "INSUFFICIENT_DATA");
  }

  Alarm in(State next) {
    return as(actionsEnabled, next);
  }

  Alarm withActions(boolean enabled) {
    return as(enabled, state);
  }

  private Alarm as(boolean newActionsEnabled, State newState) {
    return new Alarm(
        name,
        arn,
        settings,
        metric,
        statistic,
        period,
        periods,
        toAlarm,
        threshold,
        comparison,
        missing,
        newActionsEnabled,
        configured,
        newState);
  }

  boolean breaches(double value) {
    return switch (comparison) {
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "GreaterThanThreshold" -> value > threshold;
      case "LessThanThreshold" -> value < threshold;
      default -> value <= threshold;
    };
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("AlarmName", name).put("AlarmArn", arn);
    json.setAll(settings.deepCopy());
    json.put("ActionsEnabled", actionsEnabled);
    json.set("AlarmConfigurationUpdatedTimestamp", new TimeValue(configured));
    json.put("StateValue", state.value);
    json.put("StateReason", state.reason);
    Json.putIfPresent(json, "StateReasonData", state.reasonData);
    json.set("StateUpdatedTimestamp", new TimeValue(state.since));
    json.set("StateTransitionedTimestamp", new TimeValue(state.since));
    return json;
  }
}
