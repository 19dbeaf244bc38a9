// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.service.AwsException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Pools with their clients, users and groups. Thread-safe: the store has one lock, every method
 * holds it, and {@link #exclusively} holds it for several steps.
 */
public final class PoolStore {
  private static final class Content {
    UserPool pool;
    final Map<String, AppClient> clients = new LinkedHashMap<>();
    final PoolUserIndex users = new PoolUserIndex();
    final Map<String, PoolGroup> groups = new LinkedHashMap<>();
    final Map<String, Set<String>> members = new LinkedHashMap<>();

    Content(UserPool pool) {
      this.pool = pool;
      users.attributes(pool);
    }
  }

  private final Exclusive lock = new Exclusive();
  private final Map<String, Content> pools = new LinkedHashMap<>();

  /** Runs {@code work} while no other thread uses the store, and returns its result. */
  public <T> T exclusively(Supplier<T> work) {
    return lock.call(work);
  }

  /** Every pool, in order of creation. */
  public List<UserPool> pools() {
    return exclusively(() -> pools.values().stream().map(content -> content.pool).toList());
  }

  /** Adds a pool, or replaces the pool of that id and keeps what it contains. */
  public void put(UserPool pool) {
    exclusively(
        () -> {
          Content content = pools.get(pool.id());
          if (content == null) {
            pools.put(pool.id(), new Content(pool));
          } else {
            content.pool = pool;
            content.users.attributes(pool);
          }
          return pool;
        });
  }

  /**
   * The pool of that id.
   *
   * @throws AwsException {@code ResourceNotFoundException}
   */
  public UserPool pool(String id) {
    return exclusively(() -> content(id).pool);
  }

  /** The pool of that id. */
  public Optional<UserPool> findPool(String id) {
    return exclusively(() -> Optional.ofNullable(pools.get(id)).map(content -> content.pool));
  }

  /** Removes a pool with everything in it. */
  public void removePool(String id) {
    exclusively(() -> pools.remove(id));
  }

  /** Adds or replaces a client. */
  public void put(AppClient client) {
    exclusively(() -> content(client.poolId()).clients.put(client.id(), client));
  }

  /** The clients of a pool. */
  public List<AppClient> clients(String poolId) {
    return exclusively(() -> List.copyOf(content(poolId).clients.values()));
  }

  /** The client of that id in any pool. */
  public Optional<AppClient> findClient(String clientId) {
    return exclusively(
        () ->
            pools.values().stream()
                .flatMap(content -> Optional.ofNullable(content.clients.get(clientId)).stream())
                .findFirst());
  }

  /** Removes a client. */
  public void removeClient(AppClient client) {
    exclusively(() -> content(client.poolId()).clients.remove(client.id()));
  }

  /** Adds a user. */
  public void add(String poolId, PoolUser user) {
    exclusively(
        () -> {
          content(poolId).users.put(user);
          return user;
        });
  }

  /** The users of a pool, in order of creation. */
  public List<PoolUser> users(String poolId) {
    return exclusively(() -> content(poolId).users.all());
  }

  /** How many users a pool has. */
  public int userCount(String poolId) {
    return exclusively(() -> content(poolId).users.size());
  }

  /**
   * The user with that user name, alias or, in a pool with UsernameAttributes, address; also by
   * {@code sub} when {@code bySub}.
   */
  public Optional<PoolUser> findUser(String poolId, String name, boolean bySub) {
    return exclusively(
        () -> {
          Content content = content(poolId);
          UserPool pool = content.pool;
          PoolUser exact = content.users.get(name);
          if (exact != null && (bySub || pool.usernameAttributes().isEmpty())) {
            return Optional.of(exact);
          }
          return content.users.candidates(name).stream()
              .filter(user -> named(pool, user, name) || (bySub && user.sub().equals(name)))
              .findFirst();
        });
  }

  private static boolean named(UserPool pool, PoolUser user, String name) {
    if (same(pool, user.username(), name)) {
      return true;
    }
    for (String attribute : pool.usernameAttributes()) {
      if (same(pool, user.attributes().get(attribute), name)) {
        return true;
      }
    }
    for (String alias : pool.aliasAttributes()) {
      boolean usable =
          alias.equals("preferred_username")
              || "true".equals(user.attributes().get(alias + "_verified"));
      if (usable && same(pool, user.attributes().get(alias), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(
      UserPool pool, @org.jspecify.annotations.Nullable String value, String name) {
    return value != null
        && (pool.caseSensitive()
            ? value.equals(name)
            : value.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * Replaces a user.
   *
   * @param username the real user name
   * @return the new user
   * @throws AwsException {@code UserNotFoundException}
   */
  public PoolUser update(String poolId, String username, UnaryOperator<PoolUser> change) {
    return exclusively(
        () -> {
          Content content = content(poolId);
          PoolUser user = content.users.get(username);
          if (user == null) {
            throw CognitoErrors.noUser();
          }
          PoolUser changed = change.apply(user);
          content.users.put(changed);
          return changed;
        });
  }

  /** Removes a user, also from its groups. */
  public void removeUser(String poolId, String username) {
    exclusively(
        () -> {
          Content content = content(poolId);
          content.users.remove(username);
          content.members.values().forEach(members -> members.remove(username));
          return username;
        });
  }

  /** Adds or replaces a group. */
  public void put(PoolGroup group) {
    exclusively(() -> content(group.poolId()).groups.put(group.name(), group));
  }

  /** The groups of a pool. */
  public List<PoolGroup> groups(String poolId) {
    return exclusively(() -> List.copyOf(content(poolId).groups.values()));
  }

  /** Removes a group with its members. */
  public void removeGroup(PoolGroup group) {
    exclusively(
        () -> {
          Content content = content(group.poolId());
          content.members.remove(group.name());
          return content.groups.remove(group.name());
        });
  }

  /** Adds a user to a group. */
  public void join(PoolGroup group, String username) {
    exclusively(
        () ->
            content(group.poolId())
                .members
                .computeIfAbsent(group.name(), unused -> new LinkedHashSet<>())
                .add(username));
  }

  /** Removes a user from a group. */
  public void leave(PoolGroup group, String username) {
    exclusively(
        () -> {
          Set<String> members = content(group.poolId()).members.get(group.name());
          return members != null && members.remove(username);
        });
  }

  /** The user names in a group. */
  public List<String> members(PoolGroup group) {
    return exclusively(
        () -> List.copyOf(content(group.poolId()).members.getOrDefault(group.name(), Set.of())));
  }

  /** The groups of a user, in order of precedence, then of creation. */
  public List<PoolGroup> groupsOf(String poolId, String username) {
    return exclusively(
        () -> {
          Content content = content(poolId);
          return content.groups.values().stream()
              .filter(
                  group -> content.members.getOrDefault(group.name(), Set.of()).contains(username))
              .sorted(
                  java.util.Comparator.comparingInt(
                      group -> group.precedence() == null ? Integer.MAX_VALUE : group.precedence()))
              .toList();
        });
  }

  private Content content(String poolId) {
    Content content = pools.get(poolId);
    if (content == null) {
      throw CognitoErrors.noPool(poolId);
    }
    return content;
  }
}
