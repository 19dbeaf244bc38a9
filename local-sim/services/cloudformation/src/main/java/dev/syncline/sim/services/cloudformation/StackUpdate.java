// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.services.cloudformation.template.DeletionPolicy;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a stack to a new plan: in place where the types allow it, otherwise by creating a new
 * resource and deleting the old one at the end. If a step fails, all changes are rolled back.
 */
final class StackUpdate {
  private final StackWork work;
  private final Stack stack;
  private final Plan plan;
  private final boolean disableRollback;
  private final @Nullable String token;
  private final ResourceWorker worker;

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<StackResource> replaced = new ArrayList<>();

  StackUpdate(
      StackWork work, Stack stack, Plan plan, boolean disableRollback, @Nullable String token) {
    this.work = work;
    this.stack = stack;
    this.plan = plan;
    this.disableRollback = disableRollback;
    this.token = token;
    this.worker = work.worker(stack, token);
  }

  void run() {
    Plan before = stack.plan();
    try {
      update();
    } catch (StepFailedException failure) {
      fail(before, "The following resource(s) failed to update: [" + failure.logicalId() + "]. ");
      return;
    } catch (RuntimeException | Error failure) {
      fail(before, StackErrors.reason(failure));
      return;
    }
    status(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, null);
    cleanUp();
    status(StackStatus.UPDATE_COMPLETE, null);
  }

  private void update() {
    var evaluation = work.new Evaluation(stack, plan);
    Map<String, Set<String>> order = evaluation.order();
    for (Map.Entry<String, Set<String>> step : order.entrySet()) {
      ResourceDefinition definition = evaluation.definition(step.getKey());
      StackResource wanted = worker.wanted(definition, step.getValue());
      StackResource current = stack.resource(step.getKey());
      if (current == null || current.state() == null) {
        undo.push(() -> takeBack(wanted.logicalId()));
        worker.create(wanted, definition, evaluation.evaluator(), plan, false);
      } else {
        change(current, wanted, definition, evaluation);
      }
    }
    evaluation.keepOutputs();
    stack.plan(plan);
    for (StackResource resource : stack.resources()) {
      if (!order.containsKey(resource.logicalId())) {
        replaced.add(resource);
        stack.remove(resource.logicalId());
      }
    }
  }

  private void change(
      StackResource current,
      StackResource wanted,
      ResourceDefinition definition,
      StackWork.Evaluation evaluation) {
    ToleranceReports.Reported<ObjectNode> read;
    try {
      read =
          worker.reported(
              () -> worker.properties(definition, evaluation.evaluator(), plan),
              plan,
              current.logicalId());
    } catch (RuntimeException | Error failure) {
      throw worker.refused(current, failure);
    }
    ObjectNode properties = read.result();
    ResourceType type = worker.type(wanted.type());
    Struct struct = type.properties();
    if (!current.type().equals(wanted.type())
        || !struct.fixedDifferences(current.properties(), properties).isEmpty()
        || type.replaces(current.properties(), properties)) {
      requireFreeName(current, wanted, struct, properties);
      undo.push(
          () -> {
            takeBack(current.logicalId());
            stack.put(current);
          });
      worker.create(wanted, definition, evaluation.evaluator(), plan, true);
      replaced.add(current);
    } else if (!current.properties().equals(properties)) {
      undo.push(() -> revert(current, properties));
      worker.update(current, wanted, properties, plan, read.reason());
    } else {
      undo.push(() -> stack.put(current));
      stack.put(unchanged(current, wanted));
    }
  }

  /** The new resource cannot have the name of the old one, which is still there. */
  private void requireFreeName(
      StackResource current, StackResource wanted, Struct struct, ObjectNode properties) {
    if (!current.type().equals(wanted.type())) {
      return;
    }
    String property = worker.type(current.type()).nameProperty();
    JsonNode given = struct.value(properties, property);
    String name = given.asText();
    if (!name.isEmpty() && given.equals(struct.value(current.properties(), property))) {
      throw worker.refused(
          current,
          new ResourceException(
              "CloudFormation cannot update a stack when a custom-named resource requires"
                  + " replacing. Rename "
                  + name
                  + " and update the stack again."));
    }
  }

  /** The unchanged resource with the policies and dependencies of the new template. */
  private static StackResource unchanged(StackResource current, StackResource wanted) {
    return new StackResource(
        current.logicalId(),
        current.type(),
        current.state(),
        current.properties(),
        wanted.dependencies(),
        wanted.deletionPolicy(),
        wanted.updateReplacePolicy(),
        current.status(),
        current.reason(),
        current.changed());
  }

  private void cleanUp() {
    for (StackResource old : StackWork.removalOrder(replaced)) {
      boolean stillThere = stack.resource(old.logicalId()) != null;
      DeletionPolicy policy = stillThere ? old.updateReplacePolicy() : old.deletionPolicy();
      if (policy == DeletionPolicy.DELETE) {
        // A failure is recorded as an event; the update itself has succeeded.
        worker.delete(old);
      } else {
        worker.skip(old);
      }
    }
  }

  private void fail(Plan before, String reason) {
    if (disableRollback) {
      status(StackStatus.UPDATE_FAILED, reason.strip());
      return;
    }
    status(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, reason.strip());
    Map<String, String> failures = new HashMap<>();
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (StepFailedException failure) {
        failures.put(failure.logicalId(), StackErrors.reason(failure));
      }
    }
    stack.plan(before);
    if (!failures.isEmpty()) {
      status(
          StackStatus.UPDATE_ROLLBACK_FAILED,
          "The following resource(s) failed to update: " + failures.keySet() + ". ");
      return;
    }
    status(StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, null);
    status(StackStatus.UPDATE_ROLLBACK_COMPLETE, null);
  }

  private void takeBack(String logicalId) {
    StackResource made = stack.resource(logicalId);
    stack.remove(logicalId);
    if (made != null && made.state() != null && made.deletionPolicy() != DeletionPolicy.RETAIN) {
      worker.delete(made);
    }
  }

  /** Changes it back; an update that failed may have been carried out in part. */
  private void revert(StackResource before, ObjectNode attempted) {
    StackResource now = stack.resource(before.logicalId());
    ResourceState state = now == null ? before.state() : now.state();
    var present =
        new StackResource(
            before.logicalId(),
            before.type(),
            state,
            attempted,
            before.dependencies(),
            before.deletionPolicy(),
            before.updateReplacePolicy(),
            before.status(),
            before.reason(),
            before.changed());
    worker.update(present, before, before.properties(), stack.plan(), null);
  }

  private void status(StackStatus status, @Nullable String reason) {
    work.journal().stack(stack, status, reason, token);
  }
}
