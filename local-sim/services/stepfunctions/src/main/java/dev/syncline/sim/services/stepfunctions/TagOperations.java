// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tags of state machines and activities. Error texts as recorded. Thread-safe. */
record TagOperations(StateMachineStore machines, ActivityStore activities) {
  List<Operation> operations() {
    return List.of(
        Operation.of("TagResource: resourceArn, tags", this::tag),
        Operation.of("UntagResource: resourceArn, tagKeys", this::untag),
        Operation.of("ListTagsForResource: resourceArn", this::tags));
  }

  private Output tag(Input input, CallContext context) {
    Map<String, String> added = MachineInput.tags(input);
    change(
        input,
        tags -> {
          tags.putAll(added);
          return MachineInput.requireFew(tags);
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    List<String> keys = input.texts("tagKeys");
    MachineInput.requireOwn(keys);
    change(
        input,
        tags -> {
          tags.keySet().removeAll(keys);
          return tags;
        });
    return Output.empty();
  }

  private void change(Input input, UnaryOperator<Map<String, String>> change) {
    String arn = input.requiredText("resourceArn");
    Activity activity = activities.find(arn);
    if (activity != null) {
      activity.changeTags(tags -> change.apply(new LinkedHashMap<>(tags)));
      return;
    }
    if (machines.find(arn) == null) {
      throw StepFunctionsErrors.resourceNotFound(arn);
    }
    machines.update(
        arn,
        machine ->
            machine.with(
                machine
                    .current()
                    .withTags(change.apply(new LinkedHashMap<>(machine.current().tags())))));
  }

  private Output tags(Input input, CallContext context) {
    String arn = input.requiredText("resourceArn");
    Activity activity = activities.find(arn);
    StateMachineStore.Machine machine = machines.find(arn);
    if (activity == null && machine == null && !machines.hasVersion(arn)) {
      throw StepFunctionsErrors.resourceNotFound(arn);
    }
    ObjectNode json = Json.object();
    ArrayNode tags = json.putArray("tags");
    Map<String, String> found =
        activity != null ? activity.tags() : machine == null ? Map.of() : machine.current().tags();
    found.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return Output.of(json);
  }
}
