// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Exclusive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What pools have beside clients, users and groups: domains, resource servers, identity providers,
 * and others. An item is a structure under a key; callers do not change the structures.
 * Thread-safe.
 */
public final class PoolItems {
  /** What an item is. */
  public enum Kind {
    /** By the name of the domain. */
    DOMAIN,
    /** By identifier. */
    RESOURCE_SERVER,
    /** By the name of the provider. */
    PROVIDER,
    /** By client id, {@code ALL} for the pool. */
    UI,
    /** By the id of the secret; has the members ClientId and ClientSecretValue. */
    SECRET,
    /** The users of other providers who are linked to a user, by provider and name there. */
    LINK
  }

  /** An item in its saved form. */
  public record Item(String poolId, Kind kind, String key, ObjectNode value) {}

  private record Place(String poolId, Kind kind, String key) {}

  private final Exclusive lock = new Exclusive();
  private final Map<Place, ObjectNode> items = new LinkedHashMap<>();

  /** Adds or replaces an item. */
  public void put(String poolId, Kind kind, String key, ObjectNode value) {
    lock.call(() -> items.put(new Place(poolId, kind, key), value));
  }

  /** An item. */
  public Optional<ObjectNode> find(String poolId, Kind kind, String key) {
    return lock.call(() -> Optional.ofNullable(items.get(new Place(poolId, kind, key))));
  }

  /** The items of a pool and kind, in order of creation. */
  public List<ObjectNode> list(String poolId, Kind kind) {
    return all().stream()
        .filter(item -> item.poolId.equals(poolId) && item.kind == kind)
        .map(Item::value)
        .toList();
  }

  /** Removes an item; false when it is not there. */
  public boolean remove(String poolId, Kind kind, String key) {
    return lock.call(() -> items.remove(new Place(poolId, kind, key)) != null);
  }

  /** Removes every item of a pool. */
  public void removePool(String poolId) {
    lock.call(() -> items.keySet().removeIf(place -> place.poolId.equals(poolId)));
  }

  /** Removes the links to a user. */
  public void removeLinks(String poolId, String username) {
    lock.call(
        () ->
            items
                .entrySet()
                .removeIf(
                    entry ->
                        entry.getKey().poolId.equals(poolId)
                            && entry.getKey().kind == Kind.LINK
                            && entry.getValue().path("Username").asText().equals(username)));
  }

  /** The item of that kind and key in any pool. */
  public Optional<Item> anywhere(Kind kind, String key) {
    return all().stream().filter(item -> item.kind == kind && item.key.equals(key)).findFirst();
  }

  /** Every item. */
  public List<Item> all() {
    return lock.call(
        () -> {
          var all = new ArrayList<Item>();
          items.forEach(
              (place, value) -> all.add(new Item(place.poolId, place.kind, place.key, value)));
          return all;
        });
  }

  /** The pool's domain that has that name in front of {@code .auth.}, or that is that host. */
  public Optional<ObjectNode> domain(String domain) {
    return anywhere(Kind.DOMAIN, domain).map(Item::value);
  }
}
