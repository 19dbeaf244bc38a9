// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the process of one environment is started. Immutable.
 *
 * @param command the program and its arguments
 * @param defaults variables that the function's own variables replace, such as {@code PYTHONPATH}
 * @param runtimeDirectory {@code LAMBDA_RUNTIME_DIR}, in place of {@code /var/runtime}
 * @param programs a directory to put before {@code PATH}, such as the interpreter's; null for none
 * @param managed whether it is a managed runtime: {@code AWS_EXECUTION_ENV} is set and {@code
 *     AWS_LAMBDA_EXEC_WRAPPER} is honoured
 * @param notices lines for the function's log, before its own
 */
public record Child(
    List<String> command,
    Map<String, String> defaults,
    Path runtimeDirectory,
    @Nullable Path programs,
    boolean managed,
    List<String> notices) {

  /** Copies the collections. */
  public Child {
    command = List.copyOf(command);
    defaults = Map.copyOf(defaults);
    notices = List.copyOf(notices);
  }

  /** Without notices. */
  public Child(
      List<String> command,
      Map<String, String> defaults,
      Path runtimeDirectory,
      @Nullable Path programs,
      boolean managed) {
    this(command, defaults, runtimeDirectory, programs, managed, List.of());
  }
}
