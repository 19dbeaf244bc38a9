// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user sets about interpreters. Immutable.
 *
 * @param programs the interpreter to use, by runtime, such as {@code python3.12}; looked for when
 *     absent
 * @param exact whether another version than the function's runtime is refused
 * @param hostPackages whether Python functions may import every package of the interpreter
 * @param nodeSdk a {@code node_modules} directory with the AWS SDK for JavaScript v3; looked for
 *     when null
 */
public record InterpreterSettings(
    Map<String, Path> programs, boolean exact, boolean hostPackages, @Nullable Path nodeSdk) {
  /** Nothing set: compatible versions, and only the packages that Lambda includes. */
  public static final InterpreterSettings DEFAULT =
      new InterpreterSettings(Map.of(), false, false, null);

  /** Copies the map. */
  public InterpreterSettings {
    programs = Map.copyOf(programs);
  }
}
