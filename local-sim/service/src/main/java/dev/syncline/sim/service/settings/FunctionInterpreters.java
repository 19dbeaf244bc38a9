// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interpreters of functions that are not Java. Immutable.
 *
 * @param programs the interpreter to use, by runtime, such as {@code python3.12}; other
 *     interpreters are looked for
 * @param exact whether a function is refused when there is no interpreter of its version; otherwise
 *     another version is used
 * @param hostPackages whether Python functions may import every package of the interpreter
 * @param nodeSdk a {@code node_modules} directory with the AWS SDK for JavaScript; looked for when
 *     null
 */
public record FunctionInterpreters(
    Map<String, Path> programs, boolean exact, boolean hostPackages, @Nullable Path nodeSdk) {
  /** Everything is looked for, and other versions are used. */
  public static final FunctionInterpreters DEFAULT =
      new FunctionInterpreters(Map.of(), false, false, null);

  /** Copies the map. */
  public FunctionInterpreters {
    programs = Map.copyOf(programs);
  }
}
