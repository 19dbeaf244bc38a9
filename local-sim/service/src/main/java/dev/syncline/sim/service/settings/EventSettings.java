// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Map;

/**
 * Quotas and doubtful behaviours of AppSync Event APIs. Immutable.
 *
 * @param limits values in place of AWS's, by name; a wrong name lists them all, 0 removes the limit
 *     of a rate
 */
public record EventSettings(Map<String, String> limits) {
  /** AWS's quotas. */
  public static final EventSettings DEFAULT = new EventSettings(Map.of());

  /** Copies the map. */
  public EventSettings {
    limits = Map.copyOf(limits);
  }
}
