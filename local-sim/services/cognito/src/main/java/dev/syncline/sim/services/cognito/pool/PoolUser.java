// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user of a pool. Immutable; {@link PoolStore#update} replaces it.
 *
 * @param username in a pool with UsernameAttributes it is the {@code sub}
 * @param sub never changes
 * @param attributes by name, without {@code sub}
 * @param password null for a user without one
 */
public record PoolUser(
    String username,
    String sub,
    Map<String, String> attributes,
    UserStatus status,
    boolean enabled,
    Instant created,
    Instant modified,
    @Nullable PasswordRecord password,
    UserFactors factors) {
  /** Copies the attributes and keeps their order. */
  public PoolUser {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** This user with other attributes. */
  public PoolUser withAttributes(Map<String, String> newAttributes, Instant now) {
    return new PoolUser(
        username, sub, newAttributes, status, enabled, created, now, password, factors);
  }

  /** This user with another status. */
  public PoolUser withStatus(UserStatus newStatus, Instant now) {
    return new PoolUser(
        username, sub, attributes, newStatus, enabled, created, now, password, factors);
  }

  /** This user, enabled or disabled. */
  public PoolUser withEnabled(boolean newEnabled, Instant now) {
    return new PoolUser(
        username, sub, attributes, status, newEnabled, created, now, password, factors);
  }

  /** This user with another password and status. */
  public PoolUser withPassword(PasswordRecord newPassword, UserStatus newStatus, Instant now) {
    return new PoolUser(
        username, sub, attributes, newStatus, enabled, created, now, newPassword, factors);
  }

  /** This user with other factors. */
  public PoolUser withFactors(UserFactors newFactors, Instant now) {
    return new PoolUser(
        username, sub, attributes, status, enabled, created, now, password, newFactors);
  }
}
