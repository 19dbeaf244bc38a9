// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.List;

/**
 * A user's settings of Task states. Immutable.
 *
 * @param allowedHosts hosts outside of this process that HTTP Tasks may call
 * @param mocks answers in place of services
 */
public record TaskSettings(List<AllowedHost> allowedHosts, MockConfig mocks) {
  /** No outside hosts and no mocks. */
  public static final TaskSettings DEFAULT = new TaskSettings(List.of(), MockConfig.NONE);

  /** Copies the list. */
  public TaskSettings {
    allowedHosts = List.copyOf(allowedHosts);
  }
}
