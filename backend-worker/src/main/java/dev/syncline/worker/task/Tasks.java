// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * The port to Step Functions tasks. Implementations are thread-safe; every method may throw its
 * client's exceptions.
 */
public interface Tasks extends AutoCloseable {

  /**
   * A task of the activity.
   *
   * @param token the task token, which its result is sent with
   * @param input its input, a JSON text
   */
  record Task(String token, String input) {
    /** Omits the token, which is a credential, and the input, which is a caller's data. */
    @Override
    public String toString() {
      return "Task";
    }
  }

  /** Waits up to a minute for a task; null if none arrived. */
  @Nullable Task next();

  /** Completes the task; false if the task no longer waits. */
  boolean succeed(String token, String output);

  /** Fails the task; false if the task no longer waits. */
  boolean fail(String token, String error, String cause);

  /** Sends a heartbeat for the task; false if the task no longer waits. */
  boolean heartbeat(String token);

  @Override
  default void close() {}
}
