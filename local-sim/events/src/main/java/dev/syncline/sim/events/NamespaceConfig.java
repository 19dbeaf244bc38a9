// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Set;

/**
 * A channel namespace as the data plane sees it. Immutable.
 *
 * @param publishModes narrows the API's modes for publishing; empty to take them as they are
 * @param subscribeModes the same for subscribing
 */
public record NamespaceConfig(
    String name, Set<AuthMode> publishModes, Set<AuthMode> subscribeModes) {
  /** Copies the sets. */
  public NamespaceConfig {
    publishModes = Set.copyOf(publishModes);
    subscribeModes = Set.copyOf(subscribeModes);
  }
}
