// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of an execution to its host. The host carries effects out in their order. Immutable.
 */
public sealed interface Effect {

  /**
   * Call {@link Execution#onTimer} with this id at {@code due}.
   *
   * @param timerId unique within the execution
   * @param delay from now to {@code due}
   * @param due when
   * @param purpose why
   */
  record ScheduleTimer(String timerId, Duration delay, Instant due, TimerPurpose purpose)
      implements Effect {}

  /** The timer is no longer needed. The engine ignores it if it still fires. */
  record CancelTimer(String timerId) implements Effect {}

  /**
   * Do a task and report with {@link Execution#onTaskStarted}, {@link Execution#onTaskSubmitted},
   * {@link Execution#onTaskSucceeded} or {@link Execution#onTaskFailed}.
   *
   * <p>An ItemReader or ResultWriter of a distributed Map uses this effect too, with the name of
   * its Map state. The host answers {@code s3:getObject} with a JSON string, the object's text, or
   * with a binary node, its bytes, which may be gzipped; {@code s3:listObjectsV2} with the array of
   * all objects; {@code s3:putObject} has parameters {@code Bucket}, {@code Key} and {@code Body}
   * (text) and is answered with anything.
   *
   * @param taskId unique within the execution, a new one for each retry
   * @param stateName the Task state
   * @param attempt 0 for the first, then counting retries
   * @param resource what to call
   * @param parameters its input
   * @param taskToken opaque token for {@link TaskResource.Pattern#WAIT_FOR_TASK_TOKEN} and
   *     activities: the call that returns it ends the task. The {@code .sync} patterns have one
   *     too, which the context object shows; null for request-response
   * @param credentialsRoleArn role to call as, null for the state machine's
   * @param timeout the task's own limit, null for none; the engine keeps the time
   * @param heartbeat longest time between heartbeats, null for none; the engine keeps the time
   */
  record ScheduleTask(
      String taskId,
      String stateName,
      int attempt,
      TaskResource resource,
      Payload parameters,
      @Nullable String taskToken,
      @Nullable String credentialsRoleArn,
      @Nullable Duration timeout,
      @Nullable Duration heartbeat)
      implements Effect {}

  /** The execution no longer waits for the task. A later report of it is ignored. */
  record CancelTask(String taskId) implements Effect {}

  /**
   * The execution has ended. This is its last effect.
   *
   * @param status how it ended
   * @param output on success
   * @param error its error name, null if it has none
   * @param cause its cause, null if it has none
   */
  record ExecutionEnded(
      ExecutionStatus status,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause)
      implements Effect {}
}
