// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;

/** One kind of resource that Task states call. Thread-safe. */
@FunctionalInterface
interface Integration {
  /**
   * Sends the request of the task and returns the service's answer; blocks the calling thread.
   *
   * @throws TaskFailedException as the service, or the integration itself, refuses
   */
  JsonNode call(Effect.ScheduleTask task) throws TaskFailedException;
}
