// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Map;

/**
 * Quotas of AppSync Event APIs, and choices where AWS's behaviour is not certain. Immutable.
 *
 * @param limits values in place of AWS's, by name; the error for an unknown name lists all names; 0
 *     removes the limit of a rate
 */
public record EventSettings(Map<String, String> limits) {
  /** AWS's quotas. */
  public static final EventSettings DEFAULT = new EventSettings(Map.of());

  /** Copies the map. */
  public EventSettings {
    limits = Map.copyOf(limits);
  }
}
