// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.TaskPhase;
import org.jspecify.annotations.Nullable;

/** Where the one who does a task tells how it goes. Thread-safe; late reports are ignored. */
public interface TaskReports {
  /** The service has answered; the task goes on until its job ends or its token comes back. */
  void submitted(JsonNode answer);

  /** The task is done. */
  void succeeded(JsonNode output);

  /** The task has failed. */
  void failed(TaskPhase phase, @Nullable String error, @Nullable String cause);

  /** To be run when nobody waits for the task any more; at once when that is so already. */
  void onCancel(Runnable action);
}
