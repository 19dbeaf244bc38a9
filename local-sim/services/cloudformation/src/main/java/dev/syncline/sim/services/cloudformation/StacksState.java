// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cloudformation.template.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stacks with their resources and events, and change sets, as they are saved. A stack that was
 * being worked on is restored as failed, because its operation has ended. Thread-safe.
 */
record StacksState(StackStore store, ChangeSetOperations changeSets, StackJournal journal)
    implements ServiceState {
  private static final String STOPPED = "The simulator was stopped while it worked on this stack.";

  private record Saved(List<SavedStack> stacks, List<SavedChangeSet> changeSets) {}

  private record SavedStack(
      String id,
      String name,
      Instant created,
      Stack.Options options,
      SavedPlan plan,
      Stack.Snapshot state) {}

  private record SavedPlan(
      String text,
      Map<String, String> parameters,
      Map<String, String> tags,
      List<String> capabilities) {}

  private record SavedChangeSet(
      String id,
      String name,
      String stackId,
      boolean creates,
      SavedPlan plan,
      @Nullable String description,
      StackCreation.OnFailure onFailure,
      Instant created,
      List<Comparison.Change> changes,
      String status,
      @Nullable String reason,
      String executionStatus) {}

  @Override
  public JsonNode save(Blobs blobs) {
    var stacks = new ArrayList<SavedStack>();
    for (Stack stack : store.all().reversed()) {
      stacks.add(
          new SavedStack(
              stack.id(),
              stack.name(),
              stack.created(),
              stack.options(),
              saved(stack.plan()),
              stack.snapshot()));
    }
    return SavedForm.PLAIN.write(
        new Saved(stacks, changeSets.everything().stream().map(StacksState::saved).toList()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    for (SavedStack one : all.stacks) {
      var stack =
          new Stack(one.id, one.name, one.created, one.options, plan(one.plan), one.state.status());
      stack.restore(one.state);
      store.add(stack);
    }
    for (SavedChangeSet one : all.changeSets) {
      Stack stack = store.find(one.stackId);
      if (stack != null) {
        changeSets.restore(changeSet(one, stack));
      }
    }
  }

  @Override
  public void resume() {
    for (Stack stack : store.all()) {
      StackStatus status = stack.status();
      if (status.busy()) {
        for (StackResource resource : stack.resources()) {
          ResourceStatus failed = failed(resource.status());
          if (failed != resource.status()) {
            journal.resource(stack, resource, failed, STOPPED, null);
          }
        }
        journal.stack(stack, failed(status), STOPPED, null);
      }
    }
  }

  private static StackStatus failed(StackStatus status) {
    return switch (status) {
      case CREATE_IN_PROGRESS -> StackStatus.CREATE_FAILED;
      case ROLLBACK_IN_PROGRESS -> StackStatus.ROLLBACK_FAILED;
      case UPDATE_IN_PROGRESS, UPDATE_COMPLETE_CLEANUP_IN_PROGRESS -> StackStatus.UPDATE_FAILED;
      case UPDATE_ROLLBACK_IN_PROGRESS, UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS ->
          StackStatus.UPDATE_ROLLBACK_FAILED;
      case DELETE_IN_PROGRESS -> StackStatus.DELETE_FAILED;
      default -> status;
    };
  }

  private static ResourceStatus failed(ResourceStatus status) {
    return switch (status) {
      case CREATE_IN_PROGRESS -> ResourceStatus.CREATE_FAILED;
      case UPDATE_IN_PROGRESS -> ResourceStatus.UPDATE_FAILED;
      case DELETE_IN_PROGRESS -> ResourceStatus.DELETE_FAILED;
      default -> status;
    };
  }

  private static SavedPlan saved(Plan plan) {
    return new SavedPlan(plan.text(), plan.parameters(), plan.tags(), plan.capabilities());
  }

  private static Plan plan(SavedPlan saved) {
    return new Plan(
        saved.text, Template.parse(saved.text), saved.parameters, saved.tags, saved.capabilities);
  }

  private static SavedChangeSet saved(ChangeSet set) {
    return new SavedChangeSet(
        set.id(),
        set.name(),
        set.stack().id(),
        set.creates(),
        saved(set.plan()),
        set.description(),
        set.onFailure(),
        set.created(),
        set.changes(),
        set.status(),
        set.reason(),
        set.executionStatus());
  }

  private static ChangeSet changeSet(SavedChangeSet saved, Stack stack) {
    return new ChangeSet(
        saved.id,
        saved.name,
        stack,
        saved.creates,
        plan(saved.plan),
        saved.description,
        saved.onFailure,
        saved.created,
        saved.changes,
        saved.status,
        saved.reason,
        saved.executionStatus);
  }
}
