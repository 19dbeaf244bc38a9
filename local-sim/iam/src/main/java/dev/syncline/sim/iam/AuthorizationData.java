// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.Locale;
import java.util.Set;

/** What AWS publishes about actions and condition keys. Thread-safe. */
public final class AuthorizationData {
  private static final Set<String> MULTIVALUED =
      Set.of("aws:tagkeys", "aws:principalorgpaths", "dynamodb:attributes", "dynamodb:leadingkeys");

  private AuthorizationData() {}

  /** Whether a request may have several values of the key. */
  static boolean multivalued(String key) {
    return MULTIVALUED.contains(key.toLowerCase(Locale.ROOT));
  }

  /** Whether statements must name every resource, {@code *}, to match the action. */
  static boolean withoutResources(String action) {
    return false;
  }
}
