// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Tags;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The operations on metric alarms and their tags; composite alarms are not supported. Thread-safe.
 */
record AlarmOperations(SimClock clock, AlarmStore alarms, String arnPrefix) {
  private static final int MAX_LISTED = 100;
  private static final int MAX_ALARMS = 5_000;

  List<Operation> operations() {
    return List.of(
        Operation.of("PutMetricAlarm", this::put, AlarmReader.MEMBERS),
        Operation.of(
            """
            DescribeAlarms: AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix,
              MaxRecords, NextToken
            """,
            this::describe),
        Operation.of("DeleteAlarms: AlarmNames", this::delete),
        Operation.of(
            "SetAlarmState: AlarmName, StateValue, StateReason, StateReasonData", this::setState),
        Operation.of("EnableAlarmActions: AlarmNames", this::enable),
        Operation.of("DisableAlarmActions: AlarmNames", this::disable),
        Operation.of("TagResource: ResourceARN, Tags", this::tag),
        Operation.of("UntagResource: ResourceARN, TagKeys", this::untag),
        Operation.of("ListTagsForResource: ResourceARN", this::listTags));
  }

  private Output put(Input input, CallContext context) {
    alarms.configure(
        input.requiredText("AlarmName"),
        MAX_ALARMS,
        () -> Tags.read(input, "Tags"),
        state -> AlarmReader.read(input, arnPrefix, clock.now(), state));
    return Output.empty();
  }

  private Output describe(Input input, CallContext context) {
    List<String> names = input.texts("AlarmNames");
    String prefix = input.text("AlarmNamePrefix").orElse("");
    String state = input.text("StateValue").orElse("");
    String action = input.text("ActionPrefix").orElse("");
    List<String> types = input.texts("AlarmTypes");
    List<Alarm> found =
        types.isEmpty() || types.contains("MetricAlarm")
            ? alarms.all().stream()
                .filter(alarm -> names.isEmpty() || names.contains(alarm.name()))
                .filter(alarm -> alarm.name().startsWith(prefix))
                .filter(alarm -> state.isEmpty() || alarm.state().value().equals(state))
                .filter(alarm -> action.isEmpty() || hasAction(alarm, action))
                .toList()
            : List.of();
    Pages.Page<Alarm> page =
        Pages.page(
            found,
            Math.min(MAX_LISTED, input.integer("MaxRecords").orElse(50)),
            input.text("NextToken"),
            "InvalidNextToken");
    ObjectNode json = Json.object();
    json.putArray("CompositeAlarms");
    return Output.of(page.addTo(json, "MetricAlarms", Alarm::json, "NextToken"));
  }

  private static boolean hasAction(Alarm alarm, String prefix) {
    for (String kind : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
      for (var action : alarm.settings().path(kind)) {
        if (action.asText().startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }

  private Output delete(Input input, CallContext context) {
    for (String name : input.texts("AlarmNames")) {
      alarms.remove(name);
    }
    return Output.empty();
  }

  private Output setState(Input input, CallContext context) {
    String name = input.requiredText("AlarmName");
    String value = input.requiredText("StateValue");
    if (!Alarm.State.VALUES.contains(value)) {
      throw CloudWatchErrors.invalidState(value);
    }
    var state =
        new Alarm.State(
            value,
            input.text("StateReason").orElseThrow(() -> CloudWatchErrors.missing("StateReason")),
            input.text("StateReasonData").orElse(null),
            clock.now());
    if (!alarms.set(name, state)) {
      throw CloudWatchErrors.unknownAlarm(name);
    }
    return Output.empty();
  }

  private Output enable(Input input, CallContext context) {
    return each(input, alarm -> alarm.withActions(true));
  }

  private Output disable(Input input, CallContext context) {
    return each(input, alarm -> alarm.withActions(false));
  }

  private Output each(Input input, UnaryOperator<Alarm> change) {
    input.texts("AlarmNames").forEach(name -> alarms.change(name, change));
    return Output.empty();
  }

  private Output tag(Input input, CallContext context) {
    alarms.tag(input.requiredText("ResourceARN"), Tags.read(input, "Tags"));
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    alarms.untag(input.requiredText("ResourceARN"), input.texts("TagKeys"));
    return Output.empty();
  }

  private Output listTags(Input input, CallContext context) {
    Map<String, String> tags = alarms.tags(input.requiredText("ResourceARN"));
    return Output.of(Json.object().set("Tags", Tags.write(tags)));
  }
}
