// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

/** Executions that other executions have started and wait for. Thread-safe. */
public interface ChildExecutions {
  /** Runs the action once the execution has ended; at once when it has already. Must not block. */
  void whenEnded(String executionArn, Runnable action);
}
