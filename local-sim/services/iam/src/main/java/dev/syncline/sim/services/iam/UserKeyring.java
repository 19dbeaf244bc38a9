// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.contract.UserKeys;
import java.time.Duration;
import java.util.Optional;

/** Finds the access keys of users. Thread-safe. */
record UserKeyring(IamStore store) implements UserKeys {
  private static final Duration USES_APART = Duration.ofMinutes(1);

  @Override
  public Optional<AccessKey> find(String id) {
    // Keys of sessions, which are most, and keys such as "test" need no search.
    if (!id.startsWith("AKIA")) {
      return Optional.empty();
    }
    return store.exclusively(() -> owner(id).flatMap(user -> key(user, id)));
  }

  @Override
  public boolean isDisabled(String id) {
    return id.startsWith("AKIA")
        && store.exclusively(() -> store.deletedKeys.contains(id) || owner(id).isPresent())
        && find(id).isEmpty();
  }

  private static Optional<AccessKey> key(IamUser user, String id) {
    return Optional.ofNullable(user.keys.get(id))
        .filter(key -> key.active())
        .map(
            key ->
                new AccessKey(
                    id, key.secret(), null, user.identity.arn(), user.identity.id(), null));
  }

  /** Keeps the last use of a key; a use within a minute of the one before is not kept. */
  void used(String id, UserKey.Use use) {
    store.exclusively(
        () -> {
          owner(id).ifPresent(user -> used(user, id, use));
          return id;
        });
  }

  private static void used(IamUser user, String id, UserKey.Use use) {
    user.keys.computeIfPresent(
        id,
        (unused, key) ->
            key.used() != null && use.time().isBefore(key.used().time().plus(USES_APART))
                ? key
                : key.withUse(use));
  }

  /** The user who has the key, active or not. The caller holds the store's lock. */
  Optional<IamUser> owner(String id) {
    return store.users.all().stream().filter(user -> user.keys.containsKey(id)).findFirst();
  }
}
