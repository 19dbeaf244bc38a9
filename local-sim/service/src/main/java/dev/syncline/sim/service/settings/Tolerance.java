// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A refusal of AWS that the simulator may leave out. Every one is off by default. */
public enum Tolerance {
  /** An expiry of an AppSync API key that is not 1 to 365 days away: the key gets the default. */
  KEY_EXPIRY("key-expiry"),
  /** A property that AWS's resource type does not have: it is left out. */
  UNKNOWN_PROPERTIES("unknown-properties"),
  /** A dead-letter target that the function's role may not send to. */
  DEAD_LETTER_PERMISSION("dead-letter-permission"),
  /** A queue whose visibility time-out is shorter than the time-out of the function behind it. */
  VISIBILITY_TIMEOUT("visibility-timeout"),
  /** An AWS managed policy of a name that AWS does not have: it is attached and permits nothing. */
  UNKNOWN_MANAGED_POLICIES("unknown-managed-policies");

  private final String id;

  Tolerance(String id) {
    this.id = id;
  }

  /** The name in options and reports. */
  public String id() {
    return id;
  }

  /**
   * The tolerance of that name.
   *
   * @throws IllegalArgumentException with every name
   */
  public static Tolerance named(String name) {
    for (Tolerance tolerance : values()) {
      if (tolerance.id.equals(name)) {
        return tolerance;
      }
    }
    throw new IllegalArgumentException(
        "there is no tolerance '"
            + name
            + "'; the tolerances are "
            + Arrays.stream(values()).map(Tolerance::id).collect(Collectors.joining(", ")));
  }
}
