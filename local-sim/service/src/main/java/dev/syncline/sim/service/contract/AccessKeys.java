// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the access keys whose secrets the simulator knows: {@code sts} provides it, and {@code
 * appsync} verifies signatures with it. Thread-safe.
 */
@FunctionalInterface
public interface AccessKeys {
  /**
   * A key.
   *
   * @param sessionToken must accompany a temporary key; null for a permanent one
   * @param principalArn the principal that signs with it
   * @param userId as {@code GetCallerIdentity} shows it
   * @param expires null for never
   */
  public record AccessKey(
      String id,
      String secret,
      @Nullable String sessionToken,
      String principalArn,
      String userId,
      @Nullable Instant expires) {

    /** Whether it has not expired at {@code now}. */
    public boolean valid(Instant now) {
      return expires == null || now.isBefore(expires);
    }

    @Override
    public String toString() {
      return "AccessKey[" + id + " of " + principalArn + "]";
    }
  }

  /** The key of that id. */
  Optional<AccessKey> find(String id);
}
