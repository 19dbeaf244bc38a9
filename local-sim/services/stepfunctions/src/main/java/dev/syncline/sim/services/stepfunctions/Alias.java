// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name for one version, or for two between which executions are divided. Immutable.
 *
 * @param arn of the alias
 * @param machineArn of its state machine
 * @param routes one or two; the weights add up to 100
 * @param updated when it was changed last; null if never, as recorded
 */
record Alias(
    String arn,
    String machineArn,
    String name,
    @Nullable String description,
    List<Route> routes,
    Instant created,
    @Nullable Instant updated) {
  /**
   * A version and its share of executions.
   *
   * @param weight the share in per cent
   */
  record Route(String versionArn, int version, int weight) {}

  boolean refersTo(int version) {
    return routes.stream().anyMatch(route -> route.version() == version);
  }

  /** The version for an execution; {@code draw} is in [0, 1). */
  int pick(double draw) {
    return draw * 100 < routes.getFirst().weight()
        ? routes.getFirst().version()
        : routes.getLast().version();
  }
}
