// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Set;

/**
 * The data plane's view of a channel namespace. Immutable.
 *
 * @param publishModes narrows the API's modes for publishing; empty to use them unchanged
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
