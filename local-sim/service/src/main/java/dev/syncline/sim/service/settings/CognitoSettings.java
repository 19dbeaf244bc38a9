// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * How user pools differ from AWS's. Immutable.
 *
 * @param issuer what {@code iss} in tokens names
 */
public record CognitoSettings(Issuer issuer) {
  /** AWS's issuer. */
  public static final CognitoSettings DEFAULT = new CognitoSettings(Issuer.AWS);

  /** What {@code iss} names. */
  public enum Issuer {
    /** AWS's host, which no verifier reaches offline. */
    AWS,
    /** The simulator's port, for verifiers that fetch the keys by {@code iss}. */
    LOCAL
  }
}
