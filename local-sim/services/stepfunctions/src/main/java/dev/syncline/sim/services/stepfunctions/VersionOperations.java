// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The operations on versions of state machines. Error texts as recorded. Thread-safe. */
record VersionOperations(SimClock clock, StateMachineStore machines) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            "PublishStateMachineVersion: stateMachineArn, revisionId, description", this::publish),
        Operation.of(
            "ListStateMachineVersions: stateMachineArn, maxResults, nextToken", this::list),
        Operation.of("DeleteStateMachineVersion: stateMachineVersionArn", this::delete));
  }

  private Output publish(Input input, CallContext context) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn")).withoutLabel();
    if (arn.qualifier() != null) {
      throw StepFunctionsErrors.machineMissing(arn.text());
    }
    String description = Limits.atMost(input.text("description").orElse(null), "description", 256);
    String revision = input.text("revisionId").orElse(null);
    Instant now = clock.now();
    StateMachineStore.Machine machine =
        machines.update(
            arn.base(),
            current -> {
              String present = current.current().revisionId();
              // "INITIAL" is what CloudFormation's resource calls the revision that has no id.
              if (revision != null && !revision.equals(present == null ? "INITIAL" : present)) {
                throw StepFunctionsErrors.otherRevision(revision, present);
              }
              return current.published(description, now);
            });
    StateMachine version = machine.ofCurrentRevision();
    if (version == null) {
      throw new IllegalStateException("a published revision has a version");
    }
    ObjectNode json = Json.object();
    json.set("creationDate", Json.epochSeconds(version.created()));
    json.put("stateMachineVersionArn", version.qualifiedArn());
    return Output.of(json);
  }

  private Output list(Input input, CallContext context) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn"));
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    StateMachineStore.Machine machine = machines.find(arn.base());
    if (machine == null || arn.qualifier() != null) {
      throw StepFunctionsErrors.invalidArn(arn.text());
    }
    var newestFirst = new TreeMap<>(machine.versions()).descendingMap().values();
    return StepFunctionsPage.of(
        input,
        new ArrayList<>(newestFirst),
        "stateMachineVersions",
        version -> listed("stateMachineVersionArn", version.qualifiedArn(), version.created()));
  }

  /** A version or an alias as lists show it. */
  static ObjectNode listed(String member, String arn, Instant created) {
    ObjectNode item = Json.object().put(member, arn);
    item.set("creationDate", Json.epochSeconds(created));
    return item;
  }

  private Output delete(Input input, CallContext context) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineVersionArn"));
    Integer number = arn.version();
    if (number == null) {
      throw StepFunctionsErrors.invalidArn(arn.text());
    }
    if (machines.find(arn.base()) == null) {
      return Output.empty();
    }
    machines.update(
        arn.base(),
        machine -> {
          List<String> aliases =
              machine.aliases().values().stream()
                  .filter(alias -> alias.refersTo(number))
                  .map(Alias::name)
                  .sorted()
                  .toList();
          if (!aliases.isEmpty()) {
            throw StepFunctionsErrors.versionInUse(aliases);
          }
          return machine.without(number);
        });
    return Output.empty();
  }
}
