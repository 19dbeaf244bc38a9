// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.nio.file.Path;
import java.util.Map;

/**
 * What Lambda accepts. Immutable.
 *
 * @param refusesEndedRuntimes whether a runtime is refused after the date on which AWS ends it, by
 *     the simulator's clock; otherwise it is taken with a notice
 * @param strictUrls whether a function URL needs the permission {@code lambda:InvokeFunction}
 *     besides {@code lambda:InvokeFunctionUrl}, as on AWS since October 2025; otherwise it is
 *     called without, with a notice
 * @param layers zip files that stand in for layer versions of other accounts, by ARN
 */
public record FunctionRules(
    boolean refusesEndedRuntimes, boolean strictUrls, Map<String, Path> layers) {
  /** Takes ended runtimes, wants both permissions, and has no layers of other accounts. */
  public static final FunctionRules DEFAULT = new FunctionRules(false, true, Map.of());

  /** Copies the map. */
  public FunctionRules {
    layers = Map.copyOf(layers);
  }
}
