// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolGroup;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The saved form of pools with what they contain. It has verifiers of passwords and client secrets
 * in clear text, and no passwords. Thread-safe.
 *
 * @param further the saved forms of other parts of the room, by name
 */
record CognitoState(PoolStore store, PoolItems items, Map<String, Part> further)
    implements ServiceState {
  /** A part of the room that has state. */
  record Part(Supplier<JsonNode> save, Consumer<JsonNode> restore) {}

  private record SavedGroup(PoolGroup group, List<String> members) {}

  private record SavedPool(
      UserPool pool, List<AppClient> clients, List<PoolUser> users, List<SavedGroup> groups) {}

  private record Saved(List<SavedPool> pools, List<PoolItems.Item> items) {}

  @Override
  public JsonNode save(Blobs blobs) {
    ObjectNode saved = Json.object();
    saved.set("pools", store.exclusively(this::pools));
    further.forEach((name, part) -> saved.set(name, part.save.get()));
    return saved;
  }

  private JsonNode pools() {
    var pools = new ArrayList<SavedPool>();
    for (UserPool pool : store.pools()) {
      pools.add(
          new SavedPool(
              pool,
              store.clients(pool.id()),
              store.users(pool.id()),
              store.groups(pool.id()).stream()
                  .map(group -> new SavedGroup(group, store.members(group)))
                  .toList()));
    }
    return SavedForm.PLAIN.write(new Saved(pools, items.all()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved read = SavedForm.PLAIN.read(saved.path("pools"), Saved.class);
    for (SavedPool pool : read.pools) {
      store.put(pool.pool);
      pool.clients.forEach(store::put);
      pool.users.forEach(user -> store.add(pool.pool.id(), user));
      for (SavedGroup group : pool.groups) {
        store.put(group.group);
        group.members.forEach(member -> store.join(group.group, member));
      }
    }
    read.items.forEach(
        item -> items.put(item.poolId(), item.kind(), item.key(), withTimes(item.value())));
    further.forEach(
        (name, part) -> {
          if (saved.has(name)) {
            part.restore.accept(saved.get(name));
          }
        });
  }

  /** JSON drops the zeros at the end of times, which answers have. */
  private static ObjectNode withTimes(ObjectNode item) {
    for (Map.Entry<String, JsonNode> member : item.deepCopy().properties()) {
      if (member.getKey().endsWith("Date") && member.getValue().isNumber()) {
        item.set(
            member.getKey(),
            DecimalNode.valueOf(
                member.getValue().decimalValue().setScale(3, RoundingMode.UNNECESSARY)));
      }
    }
    return item;
  }
}
