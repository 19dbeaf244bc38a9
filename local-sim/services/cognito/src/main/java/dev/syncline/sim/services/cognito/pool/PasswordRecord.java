// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.time.Instant;
import java.util.List;

/**
 * What is kept of a password: never its text. Immutable.
 *
 * @param salt 32 hexadecimal digits
 * @param verifier SRP's {@code g^x}, hexadecimal
 * @param set when it was set
 * @param temporary whether the user must replace it at the next sign-in
 * @param earlier salts and verifiers of earlier passwords, the last first
 */
public record PasswordRecord(
    String salt, String verifier, Instant set, boolean temporary, List<PasswordRecord> earlier) {
  /** Copies the list. */
  public PasswordRecord {
    earlier = List.copyOf(earlier);
  }

  @Override
  public String toString() {
    return "PasswordRecord[set=" + set + ", temporary=" + temporary + "]";
  }
}
