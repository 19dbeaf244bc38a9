// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Users, groups, instance profiles and providers as they are saved.
 *
 * @param alias of the account; empty for none
 * @param deletedKeys null in files of an older simulator
 */
record SavedPrincipals(
    List<SavedUser> users,
    List<SavedGroup> groups,
    List<SavedProfile> profiles,
    List<SavedProvider> providers,
    String alias,
    @Nullable List<String> deletedKeys) {
  record Held(
      IamIdentity identity,
      @Nullable String boundary,
      Map<String, String> tags,
      Map<String, String> inline,
      List<String> attached) {
    static Held of(PolicyHolder holder) {
      return new Held(
          holder.identity,
          holder.boundary,
          holder.tags,
          new TreeMap<>(holder.inline),
          List.copyOf(holder.attached));
    }

    void restore(PolicyHolder holder) {
      holder.boundary = boundary;
      holder.tags.putAll(tags);
      holder.inline.putAll(inline);
      holder.attached.addAll(attached);
    }
  }

  record SavedUser(Held held, List<UserKey> keys, @Nullable LoginProfile login) {}

  record SavedGroup(Held held, List<String> members) {}

  record SavedProfile(IamIdentity identity, @Nullable String role, Map<String, String> tags) {}

  record SavedProvider(
      String arn,
      String url,
      Instant created,
      List<String> clientIds,
      List<String> thumbprints,
      Map<String, String> tags) {}

  /** The records of a store, whose lock the caller holds. */
  static SavedPrincipals of(IamStore store) {
    return new SavedPrincipals(
        store.users.all().stream()
            .map(user -> new SavedUser(Held.of(user), List.copyOf(user.keys.values()), user.login))
            .toList(),
        store.groups.all().stream()
            .map(group -> new SavedGroup(Held.of(group), List.copyOf(group.members)))
            .toList(),
        store.profiles.all().stream()
            .map(profile -> new SavedProfile(profile.identity, profile.role, profile.tags))
            .toList(),
        store.providers.all().stream()
            .map(
                each ->
                    new SavedProvider(
                        each.arn,
                        each.url,
                        each.created,
                        each.clientIds,
                        each.thumbprints,
                        each.tags))
            .toList(),
        store.alias,
        List.copyOf(store.deletedKeys));
  }

  /** Adds the records to a store. */
  void restore(IamStore store) {
    for (SavedUser saved : users) {
      var user = new IamUser(saved.held.identity);
      saved.held.restore(user);
      saved.keys.forEach(key -> user.keys.put(key.id(), key));
      user.login = saved.login;
      store.users.put(user.identity.name(), user);
    }
    for (SavedGroup saved : groups) {
      var group = new IamGroup(saved.held.identity);
      saved.held.restore(group);
      group.members.addAll(saved.members);
      store.groups.put(group.identity.name(), group);
    }
    for (SavedProfile saved : profiles) {
      var profile = new InstanceProfile(saved.identity);
      profile.role = saved.role;
      profile.tags.putAll(saved.tags);
      store.profiles.put(profile.identity.name(), profile);
    }
    for (SavedProvider saved : providers) {
      var provider = new OidcProviderRecord(saved.arn, saved.url, saved.created);
      provider.clientIds.addAll(saved.clientIds);
      provider.thumbprints.addAll(saved.thumbprints);
      provider.tags.putAll(saved.tags);
      store.providers.put(saved.arn, provider);
    }
    store.exclusively(
        () -> {
          store.alias = alias;
          return deletedKeys != null && store.deletedKeys.addAll(deletedKeys);
        });
  }
}
