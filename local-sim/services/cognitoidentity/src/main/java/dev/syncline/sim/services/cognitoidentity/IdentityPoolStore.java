// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.service.AwsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Identity pools and their identities. Thread-safe: one lock, which every method holds, and {@link
 * #exclusively} for a whole operation.
 */
final class IdentityPoolStore {
  /** AWS's quota of an account and region. */
  static final int MAX_POOLS = 1000;

  /** Bounds the memory of the simulator; AWS has no limit. */
  static final int MAX_IDENTITIES = 1_000_000;

  private final Exclusive lock = new Exclusive();
  private final Map<String, IdentityPool> pools = new LinkedHashMap<>();
  private final Map<String, PoolIdentity> identities = new LinkedHashMap<>();

  /** Identity ids by pool, provider and subject. */
  private final Map<List<String>, String> byLogin = new HashMap<>();

  <T> T exclusively(Supplier<T> work) {
    return lock.call(work);
  }

  /** Every pool, oldest first. */
  List<IdentityPool> pools() {
    return exclusively(() -> List.copyOf(pools.values()));
  }

  /**
   * The pool.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  IdentityPool pool(String id) {
    return exclusively(() -> Optional.ofNullable(pools.get(id)))
        .orElseThrow(() -> IdentityErrors.noPool(id));
  }

  /**
   * Adds a pool.
   *
   * @throws AwsException {@code LimitExceededException}
   */
  void add(IdentityPool pool) {
    exclusively(
        () -> {
          if (pools.size() >= MAX_POOLS) {
            throw IdentityErrors.tooManyPools(MAX_POOLS);
          }
          return pools.put(pool.id(), pool);
        });
  }

  /** Replaces the pool and returns the new one. */
  IdentityPool change(String id, UnaryOperator<IdentityPool> change) {
    return exclusively(
        () -> {
          IdentityPool changed = change.apply(pool(id));
          pools.put(id, changed);
          return changed;
        });
  }

  /** Removes a pool with its identities. */
  void remove(String poolId) {
    exclusively(
        () -> {
          pool(poolId);
          identitiesOf(poolId).forEach(identity -> removeIdentity(identity.id()));
          return pools.remove(poolId);
        });
  }

  /** Every identity, oldest first. */
  List<PoolIdentity> identities() {
    return exclusively(() -> List.copyOf(identities.values()));
  }

  /** The identities of a pool, oldest first. */
  List<PoolIdentity> identitiesOf(String poolId) {
    return exclusively(
        () -> {
          var found = new ArrayList<PoolIdentity>();
          for (PoolIdentity identity : identities.values()) {
            if (identity.poolId().equals(poolId)) {
              found.add(identity);
            }
          }
          return found;
        });
  }

  /**
   * The identity.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  PoolIdentity identity(String id) {
    return exclusively(() -> Optional.ofNullable(identities.get(id)))
        .orElseThrow(() -> IdentityErrors.noIdentity(id));
  }

  /** The identity of the pool that has one of the logins. */
  Optional<PoolIdentity> withLogin(String poolId, Map<String, String> logins) {
    return exclusively(
        () ->
            logins.entrySet().stream()
                .map(login -> byLogin.get(List.of(poolId, login.getKey(), login.getValue())))
                .filter(id -> id != null)
                .findFirst()
                .map(identities::get));
  }

  /**
   * Adds or replaces an identity.
   *
   * @throws AwsException {@code LimitExceededException}
   */
  PoolIdentity put(PoolIdentity identity) {
    return exclusively(
        () -> {
          if (identities.size() >= MAX_IDENTITIES && !identities.containsKey(identity.id())) {
            throw IdentityErrors.tooManyIdentities(MAX_IDENTITIES);
          }
          forgetLogins(identity.id());
          identities.put(identity.id(), identity);
          identity
              .logins()
              .forEach(
                  (provider, subject) ->
                      byLogin.put(List.of(identity.poolId(), provider, subject), identity.id()));
          return identity;
        });
  }

  /** Removes an identity; an unknown one is no error. */
  void removeIdentity(String id) {
    exclusively(
        () -> {
          forgetLogins(id);
          return Optional.ofNullable(identities.remove(id));
        });
  }

  private void forgetLogins(String id) {
    PoolIdentity known = identities.get(id);
    if (known != null) {
      known
          .logins()
          .forEach(
              (provider, subject) -> byLogin.remove(List.of(known.poolId(), provider, subject)));
    }
  }
}
