// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.local;

import java.util.Map;

/** Whoever started this process, which is not to outlive them. Stateless. */
public final class ParentProcess {
  /** The variable that names the process; this one ends when that one has. */
  private static final String VARIABLE = "SYNCLINE_PARENT_PID";

  private ParentProcess() {}

  /**
   * Ends this process, in the usual way, when the one named by {@code SYNCLINE_PARENT_PID} has
   * ended; does nothing if none is named.
   *
   * @throws IllegalArgumentException if it is no process id
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
