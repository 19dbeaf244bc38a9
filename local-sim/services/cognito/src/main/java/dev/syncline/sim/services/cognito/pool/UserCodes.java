// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the codes that users enter later. Thread-safe. */
public interface UserCodes {
  /**
   * Sends a code for a new password to the user's verified address.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException} when no address
   *     is verified
   */
  void sendPasswordCode(UserPool pool, PoolUser user, Map<String, String> clientMetadata);

  /**
   * Sends a code that verifies an address.
   *
   * @param attribute {@code email} or {@code phone_number}
   * @param address the new value; the user may still have the old one
   */
  void sendAttributeCode(
      UserPool pool,
      PoolUser user,
      String attribute,
      String address,
      Map<String, String> clientMetadata);

  /** Forgets the codes of a user; of all users of the pool when the name is null. */
  void forget(String poolId, @Nullable String username);
}
