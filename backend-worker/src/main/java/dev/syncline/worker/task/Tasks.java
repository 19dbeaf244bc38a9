// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * Step Functions as a worker sees it. Implementations are thread-safe; every method may throw what
 * its client throws.
 */
public interface Tasks extends AutoCloseable {

  /**
   * A task of the activity.
   *
   * @param token what it is told by
   * @param input its input, a JSON text
   */
  record Task(String token, String input) {
    /** Names neither: the one is a credential and the other is a caller's data. */
    @Override
    public String toString() {
      return "Task";
    }
  }

  /** Waits up to a minute for a task; null when none came. */
  @Nullable Task next();

  /** Ends the task well; false if nobody waits for it any more. */
  boolean succeed(String token, String output);

  /** Ends the task badly; false if nobody waits for it any more. */
  boolean fail(String token, String error, String cause);

  /** Tells the task that it is worked on; false if nobody waits for it any more. */
  boolean beat(String token);

  @Override
  default void close() {}
}
