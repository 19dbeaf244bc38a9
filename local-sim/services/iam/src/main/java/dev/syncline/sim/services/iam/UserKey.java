// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access key of a user. Immutable.
 *
 * @param used null when it was never used
 */
record UserKey(String id, String secret, Instant created, boolean active, @Nullable Use used) {
  /** The last use. */
  record Use(Instant time, String service, String region) {}

  UserKey withActive(boolean newActive) {
    return new UserKey(id, secret, created, newActive, used);
  }

  UserKey withUse(Use use) {
    return new UserKey(id, secret, created, active, use);
  }

  @Override
  public String toString() {
    return "UserKey[" + id + "]";
  }
}
