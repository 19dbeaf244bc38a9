// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.List;

/**
 * What a user says about Task states. Immutable.
 *
 * @param allowedHosts hosts outside of this process that HTTP Tasks may call
 * @param mocks answers in place of services
 */
public record TaskSettings(List<AllowedHost> allowedHosts, MockConfig mocks) {
  /** Nothing outside, nothing mocked. */
  public static final TaskSettings DEFAULT = new TaskSettings(List.of(), MockConfig.NONE);

  /** Copies the list. */
  public TaskSettings {
    allowedHosts = List.copyOf(allowedHosts);
  }
}
