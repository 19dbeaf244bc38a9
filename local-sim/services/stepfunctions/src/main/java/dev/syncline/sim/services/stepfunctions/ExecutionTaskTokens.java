// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.TaskResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The task tokens that one execution has handed out. Each ends with its task. Not thread-safe: the
 * execution's lock guards it.
 */
final class ExecutionTaskTokens {
  /** The token has not been returned yet. */
  private static final Function<Execution, List<Effect>> NOTHING_YET = execution -> List.of();

  private record OpenToken(String token, @Nullable String activityArn) {}

  private final ExecutionServices services;
  private final Map<String, OpenToken> open = new HashMap<>(2);

  /** Tokens returned before the submission of their task was answered, as moves of the engine. */
  private final Map<String, Function<Execution, List<Effect>>> early = new HashMap<>(2);

  ExecutionTaskTokens(ExecutionServices services) {
    this.services = services;
  }

  /** Whether another process returns this task's token. */
  static boolean isHandedOut(Effect.ScheduleTask task) {
    return task.taskToken() != null
        && (isActivity(task)
            || task.resource().pattern() == TaskResource.Pattern.WAIT_FOR_TASK_TOKEN);
  }

  /** Makes a token known that {@link #isHandedOut}. */
  void open(Effect.ScheduleTask task, String token, RunningExecution owner) {
    boolean activity = isActivity(task);
    open.put(task.taskId(), new OpenToken(token, activity ? task.resource().arn() : null));
    if (!activity) {
      early.put(task.taskId(), NOTHING_YET);
    }
    services.tokens().open(token, owner, task.taskId());
  }

  /**
   * Keeps a result that arrived before the task's submission was answered, because the history
   * shows the answer first. False when the submission has been answered.
   */
  boolean keptForLater(String taskId, Function<Execution, List<Effect>> move) {
    return early.replace(taskId, move) != null;
  }

  /** The task's submission has been answered; returns the result that arrived before it. */
  Function<Execution, List<Effect>> submitted(String taskId) {
    Function<Execution, List<Effect>> returned = early.remove(taskId);
    return returned == null ? NOTHING_YET : returned;
  }

  /** Closes the tokens of tasks that are not awaited any more. */
  void closeUnless(Predicate<String> awaited) {
    open.entrySet()
        .removeIf(
            entry -> {
              if (awaited.test(entry.getKey())) {
                return false;
              }
              early.remove(entry.getKey());
              close(entry.getValue());
              return true;
            });
  }

  private void close(OpenToken token) {
    services.tokens().close(token.token());
    if (token.activityArn() != null) {
      var activity = services.activities().find(token.activityArn());
      if (activity != null) {
        activity.withdraw(token.token());
      }
    }
  }

  private static boolean isActivity(Effect.ScheduleTask task) {
    return task.resource().kind() == TaskResource.Kind.ACTIVITY;
  }
}
