// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of pools: one for ID tokens and one for access tokens each. They are created at first
 * use, which takes a part of a second. Thread-safe.
 */
final class TokenKeys {
  /** The keys of one pool. */
  record PoolKeys(TokenKey id, TokenKey access) {
    /** The key for {@code id} or {@code access} tokens. */
    TokenKey of(String use) {
      return use.equals("id") ? id : access;
    }

    /** As {@code jwks.json} has them. */
    ObjectNode published() {
      ObjectNode document = Json.object();
      document.putArray("keys").add(id.published()).add(access.published());
      return document;
    }
  }

  /** Private keys as JWK texts. */
  record SavedKeys(String id, String access) {
    @Override
    public String toString() {
      return "SavedKeys[]";
    }
  }

  private final Ids ids;
  private final Exclusive creating = new Exclusive();
  private final Map<String, PoolKeys> byPool = new ConcurrentHashMap<>();

  /** Keys of this stream of ids. */
  TokenKeys(Ids ids) {
    this.ids = ids;
  }

  /** The keys of a pool. */
  PoolKeys of(String poolId) {
    PoolKeys known = byPool.get(poolId);
    return known == null ? creating.call(() -> create(poolId)) : known;
  }

  private PoolKeys create(String poolId) {
    PoolKeys known = byPool.get(poolId);
    if (known == null) {
      // The search for primes is long; each key has its own stream, so two threads may search.
      var id = CompletableFuture.supplyAsync(() -> TokenKey.create(stream("id", poolId)));
      TokenKey access = TokenKey.create(stream("access", poolId));
      known = new PoolKeys(id.join(), access);
      byPool.put(poolId, known);
    }
    return known;
  }

  private Ids stream(String use, String poolId) {
    return ids.split("token-key-" + use + "-" + poolId);
  }

  void forget(String poolId) {
    byPool.remove(poolId);
  }

  Map<String, SavedKeys> saved() {
    var saved = new LinkedHashMap<String, SavedKeys>();
    byPool.forEach(
        (pool, keys) ->
            saved.put(
                pool,
                new SavedKeys(keys.id().jwk().toJSONString(), keys.access().jwk().toJSONString())));
    return saved;
  }

  void restore(Map<String, SavedKeys> saved) {
    saved.forEach(
        (pool, keys) ->
            byPool.put(
                pool, new PoolKeys(TokenKey.parse(keys.id()), TokenKey.parse(keys.access()))));
  }
}
