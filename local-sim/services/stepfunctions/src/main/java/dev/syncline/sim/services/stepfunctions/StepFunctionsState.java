// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State machines, activities and executions as they are saved. A running execution is restored as
 * aborted; its tasks that waited for a worker or a token are not saved. Thread-safe.
 */
record StepFunctionsState(
    StateMachineStore machines,
    ActivityStore activities,
    ExecutionStore executions,
    ExecutionServices services)
    implements ServiceState {
  private static final SavedForm FORM =
      SavedForm.with(Payload.class, Payload::text, Payload::parse);

  private record Saved(
      List<SavedMachine> machines,
      List<SavedActivity> activities,
      List<String> executions,
      List<String> forgotten) {}

  private record SavedMachine(
      Snapshot current, Map<Integer, Snapshot> versions, int lastVersion, List<Alias> aliases) {}

  private record Snapshot(
      String arn,
      String name,
      String definition,
      String roleArn,
      String type,
      Instant created,
      Instant updated,
      @Nullable String revisionId,
      StateMachine.Settings settings,
      Map<String, String> tags,
      @Nullable Integer version,
      @Nullable String description) {}

  private record SavedActivity(
      String arn,
      String name,
      Instant created,
      @Nullable JsonNode encryption,
      Map<String, String> tags) {}

  /**
   * An execution.
   *
   * @param machine the blob of the snapshot that it ran
   */
  private record SavedExecution(
      String arn,
      String name,
      String machine,
      @Nullable String aliasArn,
      String input,
      @Nullable String traceHeader,
      @Nullable String testCase,
      Instant started,
      CompletedExecution past) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return FORM.write(
        new Saved(
            // A deletion waits for executions only, and these end with the process.
            machines.everything().stream()
                .filter(machine -> !machine.deleting())
                .map(StepFunctionsState::saved)
                .toList(),
            activities.all().stream().map(StepFunctionsState::saved).toList(),
            executions.everything().stream()
                .filter(execution -> !machines.isDeleting(execution.machine().arn()))
                .map(execution -> saved(execution, blobs))
                .toList(),
            executions.forgotten()));
  }

  private static String saved(RunningExecution execution, Blobs blobs) {
    StateMachine machine = execution.machine();
    // Asked for each time: a machine stays as long as an execution that ran it.
    String machineId = blobs.keep(machine, () -> FORM.bytes(snapshot(machine)));
    RunningExecution.End end = execution.end();
    String id =
        blobs.keep(end == null ? new Object() : end, () -> FORM.bytes(saved(execution, machineId)));
    // With its ARN, so that one that cannot be read can be named.
    return id + " " + execution.origin().arn();
  }

  private static SavedExecution saved(RunningExecution execution, String machineId) {
    ExecutionOrigin origin = execution.origin();
    return new SavedExecution(
        origin.arn(),
        origin.name(),
        machineId,
        origin.aliasArn(),
        origin.input(),
        origin.traceHeader(),
        origin.testCase(),
        origin.started(),
        execution.completed());
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = FORM.read(saved, Saved.class);
    var definitions = new HashMap<String, StateMachineDefinition>();
    all.machines.forEach(machine -> machines.putIfAbsent(machine(machine, definitions)));
    for (SavedActivity one : all.activities) {
      activities.putIfAbsent(
          new Activity(one.arn, one.name, one.created, one.encryption, one.tags));
    }
    executions.forget(all.forgotten);
    var snapshots = new HashMap<String, StateMachine>();
    Instant now = services.clock().now();
    for (String entry : all.executions) {
      String[] idAndArn = entry.split(" ", 2);
      String what = idAndArn.length == 2 ? "the execution " + idAndArn[1] : "an execution";
      SavedExecution one =
          blobs
              .find(idAndArn[0], what)
              .map(content -> FORM.read(content, SavedExecution.class))
              .orElse(null);
      if (one == null) {
        continue;
      }
      StateMachine machine = snapshots.get(one.machine);
      if (machine == null) {
        machine =
            blobs
                .find(one.machine, "the definition that the execution " + one.arn + " ran")
                .map(content -> machine(FORM.read(content, Snapshot.class), definitions))
                .orElse(null);
      }
      if (machine == null) {
        continue;
      }
      snapshots.put(one.machine, machine);
      RunningExecution execution = execution(one, machine, now);
      executions.restore(execution);
      execution.mapRuns().forEach(run -> services.mapRuns().add(run.arn(), execution));
    }
  }

  private RunningExecution execution(SavedExecution saved, StateMachine machine, Instant now) {
    var origin =
        new ExecutionOrigin(
            saved.arn,
            saved.name,
            machine,
            saved.aliasArn,
            saved.input,
            saved.traceHeader,
            saved.testCase,
            saved.started);
    var idle =
        Execution.create(
            Objects.requireNonNull(machine.parsed(), "a stored machine can run"),
            RunningExecution.context(origin),
            Payload.parse(saved.input),
            0);
    return RunningExecution.completed(origin, idle, services, saved.past.ended(now));
  }

  private static SavedMachine saved(StateMachineStore.Machine machine) {
    var versions = new LinkedHashMap<Integer, Snapshot>();
    machine.versions().forEach((number, version) -> versions.put(number, snapshot(version)));
    return new SavedMachine(
        snapshot(machine.current()),
        versions,
        machine.lastVersion(),
        List.copyOf(machine.aliases().values()));
  }

  private static SavedActivity saved(Activity activity) {
    return new SavedActivity(
        activity.arn(),
        activity.name(),
        activity.created(),
        activity.encryption(),
        activity.tags());
  }

  private static Snapshot snapshot(StateMachine machine) {
    return new Snapshot(
        machine.arn(),
        machine.name(),
        machine.definition(),
        machine.roleArn(),
        machine.type(),
        machine.created(),
        machine.updated(),
        machine.revisionId(),
        machine.settings(),
        machine.tags(),
        machine.version(),
        machine.description());
  }

  private static StateMachineStore.Machine machine(
      SavedMachine saved, Map<String, StateMachineDefinition> definitions) {
    var versions = new HashMap<Integer, StateMachine>();
    saved.versions.forEach((number, one) -> versions.put(number, machine(one, definitions)));
    var aliases = new HashMap<String, Alias>();
    saved.aliases.forEach(alias -> aliases.put(alias.name(), alias));
    return new StateMachineStore.Machine(
        machine(saved.current, definitions), versions, saved.lastVersion, aliases, false);
  }

  private static StateMachine machine(
      Snapshot saved, Map<String, StateMachineDefinition> definitions) {
    return new StateMachine(
        saved.arn,
        saved.name,
        saved.definition,
        definitions.computeIfAbsent(
            saved.type + saved.definition,
            unused ->
                StateMachineDefinition.parse(saved.definition, WorkflowType.valueOf(saved.type))),
        saved.roleArn,
        saved.type,
        saved.created,
        saved.updated,
        saved.revisionId,
        saved.settings,
        saved.tags,
        saved.version,
        saved.description);
  }
}
