// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations on state machines. Error texts as recorded. Thread-safe. */
record StateMachineOperations(
    SimClock clock,
    Ids ids,
    StateMachineStore machines,
    DefinitionCheck definitions,
    MachineDeletion deletion,
    MachineRole roles) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            CreateStateMachine: name, definition, roleArn, type, loggingConfiguration,
              tracingConfiguration, encryptionConfiguration, publish, versionDescription, tags
            """,
            this::create),
        Operation.of("DescribeStateMachine: stateMachineArn, includedData", this::describe),
        Operation.of(
            """
            UpdateStateMachine: stateMachineArn, definition, roleArn, loggingConfiguration,
              tracingConfiguration, encryptionConfiguration, publish, versionDescription
            """,
            this::update),
        Operation.of("DeleteStateMachine: stateMachineArn", this::delete),
        Operation.of("ListStateMachines: maxResults, nextToken", this::list),
        definitions.operation());
  }

  private Output create(Input input, CallContext context) {
    String description = MachineInput.versionDescription(input);
    String name = Names.require(input.requiredText("name"));
    String type = MachineInput.type(input);
    String text = DefinitionCheck.text(input);
    StateMachine.Settings settings = MachineInput.settings(input, null);
    Map<String, String> tags = MachineInput.tags(input);
    String arn = context.arn("states", "stateMachine:" + name);
    StateMachineDefinition parsed = definitions.parse(name, text, type);
    String roleArn = MachineInput.role(input.requiredText("roleArn"));
    roles.check(arn, roleArn, text, settings, context);
    Instant now = clock.now();
    var current =
        new StateMachine(
            arn, name, text, parsed, roleArn, type, now, now, null, settings, tags, null, null);
    boolean publish = input.bool("publish", false);
    var fresh = StateMachineStore.Machine.of(current);
    fresh = publish ? fresh.published(description, now) : fresh;
    StateMachineStore.Machine stored = machines.putIfAbsent(fresh).requireKept();
    if (stored != fresh && !sameMachine(stored.current(), current)) {
      throw StepFunctionsErrors.machineExists(arn);
    }
    if (stored != fresh && publish) {
      requireSamePublication(stored, description);
    }
    ObjectNode json = Json.object();
    json.put("stateMachineArn", arn);
    json.set("creationDate", Json.epochSeconds(stored.current().created()));
    if (publish) {
      tellVersion(json, stored);
    }
    return Output.of(json);
  }

  /**
   * The first revision's version counts as the one that the machine was created with. Whether and
   * how it was published is part of what must be the same: documented, the words recorded.
   */
  private static void requireSamePublication(
      StateMachineStore.Machine stored, @Nullable String description) {
    StateMachine first =
        stored.versions().values().stream()
            .filter(version -> version.revisionId() == null)
            .findAny()
            .orElse(null);
    if (first != null && !Objects.equals(first.description(), description)) {
      throw StepFunctionsErrors.machineExistsWithOtherDescription();
    }
  }

  private static boolean sameMachine(StateMachine one, StateMachine other) {
    // The role is not compared: recorded, a create with another role returns the same machine.
    return one.definition().equals(other.definition())
        && one.type().equals(other.type())
        && one.settings().equals(other.settings());
  }

  private static void tellVersion(ObjectNode json, StateMachineStore.Machine machine) {
    StateMachine version = machine.ofCurrentRevision();
    if (version != null) {
      json.put("stateMachineVersionArn", version.qualifiedArn());
    }
  }

  private Output describe(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn"));
    if (arn.qualifier() != null && arn.version() == null) {
      throw StepFunctionsErrors.invalidArn(arn.text());
    }
    StateMachine machine = machines.resolve(arn, 0).machine();
    ObjectNode json = machine.describe(allData);
    if (machines.isDeleting(arn.base())) {
      json.put("status", "DELETING");
    }
    if (arn.label() != null) {
      json.put("stateMachineArn", arn.text());
      json.put("label", arn.label());
      json.put("definition", machine.definitionOf(arn.label()));
    }
    return Output.of(json);
  }

  private Output update(Input input, CallContext context) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn")).withoutLabel();
    if (arn.qualifier() != null) {
      throw StepFunctionsErrors.machineMissing(arn.text());
    }
    StateMachine before = machines.require(arn.base()).current();
    if (!input.has("definition")
        && !input.has("roleArn")
        && !input.has("loggingConfiguration")
        && !input.has("tracingConfiguration")
        && !input.has("encryptionConfiguration")) {
      throw StepFunctionsErrors.nothingToUpdate();
    }
    String description = MachineInput.versionDescription(input);
    String roleArn = input.text("roleArn").map(MachineInput::role).orElse(null);
    String definition = input.has("definition") ? DefinitionCheck.text(input) : null;
    StateMachineDefinition parsed =
        definition == null ? null : definitions.parse(before.name(), definition, before.type());
    roles.check(
        arn.base(),
        Objects.requireNonNullElse(roleArn, before.roleArn()),
        Objects.requireNonNullElse(definition, before.definition()),
        MachineInput.settings(input, before.settings()),
        context);
    Instant now = clock.now();
    String revision = ids.uuid().toString();
    boolean publish = input.bool("publish", false);
    StateMachineStore.Machine after =
        machines.update(
            arn.base(),
            machine -> {
              var settings = MachineInput.settings(input, machine.current().settings());
              var changed =
                  changed(machine.current(), definition, parsed, roleArn, settings, now, revision);
              return publish
                  ? machine.with(changed).published(description, now)
                  : machine.with(changed);
            });
    ObjectNode json = Json.object();
    json.set("updateDate", Json.epochSeconds(after.current().updated()));
    Json.putIfPresent(json, "revisionId", after.current().revisionId());
    if (publish) {
      tellVersion(json, after);
    }
    return Output.of(json);
  }

  /** An update without a change creates no revision (recorded). */
  private static StateMachine changed(
      StateMachine current,
      @Nullable String definition,
      @Nullable StateMachineDefinition parsed,
      @Nullable String roleArn,
      StateMachine.Settings settings,
      Instant now,
      String revision) {
    String newDefinition = Objects.requireNonNullElse(definition, current.definition());
    String newRole = Objects.requireNonNullElse(roleArn, current.roleArn());
    boolean same =
        newDefinition.equals(current.definition())
            && newRole.equals(current.roleArn())
            && settings.equals(current.settings());
    return new StateMachine(
        current.arn(),
        current.name(),
        newDefinition,
        parsed == null ? current.parsed() : parsed,
        newRole,
        current.type(),
        current.created(),
        same ? current.updated() : now,
        same ? current.revisionId() : revision,
        settings,
        current.tags(),
        null,
        null);
  }

  private Output delete(Input input, CallContext context) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn"));
    if (arn.qualifier() == null) {
      deletion.begin(arn.base());
    }
    return Output.empty();
  }

  private Output list(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    return StepFunctionsPage.of(
        input, machines.all(), "stateMachines", StateMachineOperations::listed);
  }

  private static ObjectNode listed(StateMachine machine) {
    ObjectNode item = Json.object();
    item.put("stateMachineArn", machine.arn());
    item.put("name", machine.name());
    item.put("type", machine.type());
    item.set("creationDate", Json.epochSeconds(machine.created()));
    return item;
  }
}
