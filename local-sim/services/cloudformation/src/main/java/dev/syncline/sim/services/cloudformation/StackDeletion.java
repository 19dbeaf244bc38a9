// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.services.cloudformation.template.DeletionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes the resources of a stack, those that need others first.
 *
 * @param retain logical ids that are kept regardless of their policy
 */
record StackDeletion(StackWork work, Stack stack, Set<String> retain, @Nullable String token) {
  void run() {
    try {
      for (StackOutput output : stack.outputs()) {
        if (output.exportName() != null) {
          work.refuseWhileImported(output.exportName());
        }
      }
    } catch (RuntimeException | Error refused) {
      status(StackStatus.DELETE_FAILED, StackErrors.reason(refused));
      return;
    }
    List<String> left = deleteAll(resource -> resource.deletionPolicy() == DeletionPolicy.DELETE);
    if (left.isEmpty()) {
      status(StackStatus.DELETE_COMPLETE, null);
    } else {
      status(
          StackStatus.DELETE_FAILED, "The following resource(s) failed to delete: " + left + ". ");
    }
  }

  /**
   * Removes every resource for which {@code mayGo} holds; the dependencies of a resource that could
   * not be removed stay too.
   *
   * @return the logical ids of those that could not be removed
   */
  List<String> deleteAll(Predicate<StackResource> mayGo) {
    ResourceWorker worker = work.worker(stack, token);
    var left = new ArrayList<String>();
    var needed = new HashSet<String>();
    for (StackResource resource : StackWork.removalOrder(stack.resources())) {
      if (resource.state() == null) {
        continue;
      }
      if (!mayGo.test(resource) || retain.contains(resource.logicalId())) {
        worker.skip(resource);
        stack.put(resource.with(ResourceStatus.DELETE_SKIPPED, null, work.journal().now()));
      } else if (needed.contains(resource.logicalId())) {
        needed.addAll(resource.dependencies());
      } else {
        String failure = worker.delete(resource);
        var status =
            failure == null ? ResourceStatus.DELETE_COMPLETE : ResourceStatus.DELETE_FAILED;
        stack.put(resource.with(status, failure, work.journal().now()));
        if (failure != null) {
          left.add(resource.logicalId());
          needed.addAll(resource.dependencies());
        }
      }
    }
    return left;
  }

  private void status(StackStatus status, @Nullable String reason) {
    work.journal().stack(stack, status, reason, token);
  }
}
