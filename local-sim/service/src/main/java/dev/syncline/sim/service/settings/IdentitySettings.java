// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Map;

/**
 * Whose signatures are good where they are verified, which is at Event APIs that take AWS_IAM.
 * Immutable.
 *
 * @param signatures how closely they are looked at
 * @param accessKeys secrets by access key id, beyond those that the simulator itself gives out
 */
public record IdentitySettings(SignatureCheck signatures, Map<String, String> accessKeys) {
  /** Strict, and told of {@code test} with the secret {@code test}, as people use them locally. */
  public static final IdentitySettings DEFAULT =
      new IdentitySettings(SignatureCheck.STRICT, Map.of("test", "test"));

  /** Copies the map. */
  public IdentitySettings {
    accessKeys = Map.copyOf(accessKeys);
  }

  @Override
  public String toString() {
    return "IdentitySettings[signatures="
        + signatures
        + ", accessKeys="
        + accessKeys.keySet()
        + "]";
  }
}
