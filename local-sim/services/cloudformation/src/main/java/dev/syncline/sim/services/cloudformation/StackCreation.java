// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.services.cloudformation.template.DeletionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates the resources of a new stack; if one fails, removes the others. */
record StackCreation(StackWork work, Stack stack, OnFailure onFailure, @Nullable String token) {
  /** The reaction to a failed resource. */
  enum OnFailure {
    /** Remove the created resources; the stack stays, for inspection. */
    ROLLBACK,
    /** Remove the created resources and the stack. */
    DELETE,
    /** Leave everything as it is. */
    DO_NOTHING
  }

  void run() {
    try {
      create();
      status(StackStatus.CREATE_COMPLETE, null);
    } catch (StepFailedException failure) {
      fail("The following resource(s) failed to create: [" + failure.logicalId() + "]. ");
    } catch (RuntimeException | Error failure) {
      fail(StackErrors.reason(failure) + " ");
    }
  }

  private void create() {
    Plan plan = stack.plan();
    ResourceWorker worker = work.worker(stack, token);
    var evaluation = work.new Evaluation(stack, plan);
    for (Map.Entry<String, Set<String>> step : evaluation.order().entrySet()) {
      checkTimeout();
      var definition = evaluation.definition(step.getKey());
      worker.create(
          worker.wanted(definition, step.getValue()),
          definition,
          evaluation.evaluator(),
          plan,
          false);
    }
    evaluation.keepOutputs();
  }

  private void checkTimeout() {
    Integer minutes = stack.options().timeoutInMinutes();
    if (minutes != null
        && work.journal().now().isAfter(stack.created().plus(Duration.ofMinutes(minutes)))) {
      throw new IllegalStateException(
          "Stack creation time exceeded the specified timeout of " + minutes + " minutes.");
    }
  }

  private void fail(String reason) {
    switch (onFailure) {
      case DO_NOTHING -> status(StackStatus.CREATE_FAILED, reason.strip());
      case ROLLBACK -> {
        status(StackStatus.ROLLBACK_IN_PROGRESS, reason + "Rollback requested by user.");
        finish(StackStatus.ROLLBACK_COMPLETE, StackStatus.ROLLBACK_FAILED);
      }
      case DELETE -> {
        status(StackStatus.DELETE_IN_PROGRESS, reason + "Delete requested by user.");
        finish(StackStatus.DELETE_COMPLETE, StackStatus.DELETE_FAILED);
      }
    }
  }

  private void finish(StackStatus complete, StackStatus failed) {
    List<String> left =
        new StackDeletion(work, stack, Set.of(), token)
            .deleteAll(resource -> resource.deletionPolicy() != DeletionPolicy.RETAIN);
    stack.outputs(List.of(), Set.of());
    if (left.isEmpty()) {
      status(complete, null);
    } else {
      status(failed, "The following resource(s) failed to delete: " + left + ". ");
    }
  }

  private void status(StackStatus status, @Nullable String reason) {
    work.journal().stack(stack, status, reason, token);
  }
}
