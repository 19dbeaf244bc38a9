// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Set;

/**
 * The refusals of AWS that are left out. Immutable.
 *
 * @param tolerated each is reported where it applies
 */
public record ToleranceSettings(Set<Tolerance> tolerated) {
  /** Everything is refused as on AWS. */
  public static final ToleranceSettings NONE = new ToleranceSettings(Set.of());

  /** Copies the set. */
  public ToleranceSettings {
    tolerated = Set.copyOf(tolerated);
  }
}
