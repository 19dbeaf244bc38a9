// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskPhase;
import org.jspecify.annotations.Nullable;

/** Receives the reports of a task executor. Thread-safe; late reports are ignored. */
public interface TaskReports {
  /** The service has answered; the task continues until its job ends or its token is returned. */
  void submitted(JsonNode answer);

  /** The task is done. */
  void succeeded(JsonNode output);

  /** The task has failed. */
  void failed(TaskPhase phase, @Nullable String error, @Nullable String cause);

  /** Runs the action when the task is no longer awaited; immediately if it is not. */
  void onCancel(Runnable action);
}
