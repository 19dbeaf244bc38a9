// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * How permissions are treated. Immutable.
 *
 * @param mode what permissions do
 * @param unknownKeys whether an access key that IAM and STS do not know is the root user's; if not,
 *     its calls are refused in {@link IamMode#ENFORCE}
 */
public record IamSettings(IamMode mode, boolean unknownKeys) {
  /** Nothing is evaluated. */
  public static final IamSettings DEFAULT = new IamSettings(IamMode.OFF, true);
}
