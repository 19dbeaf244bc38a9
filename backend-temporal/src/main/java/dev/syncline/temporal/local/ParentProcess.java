// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.local;

import java.util.Map;

/** Ends this process together with its parent. Stateless. */
public final class ParentProcess {
  /** The variable with the parent's process id. */
  private static final String VARIABLE = "SYNCLINE_PARENT_PID";

  private ParentProcess() {}

  /**
   * Exits when the process {@code SYNCLINE_PARENT_PID} has ended; does nothing if the variable is
   * not set.
   *
   * @throws IllegalArgumentException if the value is not a process id
   */
  public static void follow(Map<String, String> environment) {
    String pid = environment.getOrDefault(VARIABLE, "").strip();
    if (pid.isEmpty()) {
      return;
    }
    if (!pid.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          VARIABLE + " must be a process id, but is \"" + pid + "\"");
    }
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresentOrElse(
            parent -> parent.onExit().thenRun(() -> System.exit(0)), () -> System.exit(0));
  }
}
