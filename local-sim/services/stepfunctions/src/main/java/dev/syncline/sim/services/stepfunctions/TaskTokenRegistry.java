// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.AwsException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The task tokens that a caller may return: of activities and of {@code .waitForTaskToken} tasks. A
 * token lives as long as its task. Of the ended tokens, the newest {@value #MAX_ENDED} are
 * remembered, to distinguish an ended token from an unknown one.
 *
 * <p>Thread-safe. {@link RunningExecution} alone opens and closes them.
 */
final class TaskTokenRegistry {
  static final int MAX_ENDED = 10_000;

  /** The execution and the task of a token. */
  record Task(RunningExecution execution, String taskId) {}

  private final Map<String, Task> open = new ConcurrentHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();

  /** A task that waits for its token has been scheduled. */
  void open(String token, RunningExecution execution, String taskId) {
    open.put(token, new Task(execution, taskId));
  }

  /** The task has ended. */
  void close(String token) {
    if (open.remove(token) == null) {
      return;
    }
    synchronized (ended) {
      ended.add(token);
      if (ended.size() > MAX_ENDED) {
        Iterator<String> oldest = ended.iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }

  /** The task, null when the token is not open. */
  @Nullable Task find(String token) {
    return open.get(token);
  }

  /** The task, or the service's error. */
  Task require(String token) {
    Task task = open.get(token);
    if (task == null) {
      throw gone(token);
    }
    return task;
  }

  /** The error for a token that is not open. The words are known from use. */
  AwsException gone(String token) {
    synchronized (ended) {
      if (ended.contains(token)) {
        return StepFunctionsErrors.taskTimedOut();
      }
    }
    return StepFunctionsErrors.invalidToken();
  }

  /** The number of open tokens. */
  int size() {
    return open.size();
  }
}
