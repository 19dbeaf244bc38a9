// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

/**
 * Deletes state machines as AWS does: a machine is removed after its executions have ended; they
 * are stopped at their next transition (documented). Until then its status is DELETING. After the
 * removal its executions are unknown (recorded). Thread-safe.
 */
record MachineDeletion(StateMachineStore machines, ExecutionStore executions) {
  /** Begins to delete a machine; does nothing if it does not exist. */
  void begin(String arn) {
    if (machines.beginDeletion(arn)) {
      executions.of(name(arn)).forEach(RunningExecution::stopAtNextTransition);
      removeIfEnded(arn);
    }
  }

  /** Removes the machine if it is being deleted and nothing of it runs. */
  void removeIfEnded(String arn) {
    if (machines.isDeleting(arn)
        && executions.of(name(arn)).stream().allMatch(execution -> execution.end() != null)) {
      executions.forgetAll(name(arn));
      machines.remove(arn);
    }
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
