// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.util.Map;

/**
 * The access keys that are accepted where signatures are verified, which is at Event APIs with
 * AWS_IAM. Immutable.
 *
 * @param signatures how strictly signatures are checked
 * @param accessKeys secrets by access key id, beyond those that the simulator itself issues
 */
public record IdentitySettings(SignatureCheck signatures, Map<String, String> accessKeys) {
  /**
   * Strict, with the access key {@code test} and the secret {@code test}, which are common in local
   * use.
   */
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
