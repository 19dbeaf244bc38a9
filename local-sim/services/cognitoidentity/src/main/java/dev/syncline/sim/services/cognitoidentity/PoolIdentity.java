// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An identity of a pool. Immutable; an operation replaces it in the store.
 *
 * @param id such as {@code us-east-1:7f1c…}
 * @param poolId its pool
 * @param logins subjects by provider; empty for a guest
 * @param disabled whether it lost its last login
 */
record PoolIdentity(
    String id,
    String poolId,
    Map<String, String> logins,
    boolean disabled,
    Instant created,
    Instant modified) {

  /** Whether one of the logins is of this identity. */
  boolean isOf(Map<String, String> given) {
    return given.entrySet().stream()
        .anyMatch(login -> login.getValue().equals(logins.get(login.getKey())));
  }

  /** This identity with further logins. */
  PoolIdentity linked(Map<String, String> further, Instant now) {
    var all = new TreeMap<>(logins);
    further.forEach(all::putIfAbsent);
    return all.equals(logins) ? this : new PoolIdentity(id, poolId, all, false, created, now);
  }

  /** This identity without the logins of these providers. */
  PoolIdentity unlinked(Iterable<String> providers, Instant now) {
    var rest = new TreeMap<>(logins);
    providers.forEach(rest::remove);
    return new PoolIdentity(id, poolId, rest, rest.isEmpty(), created, now);
  }
}
