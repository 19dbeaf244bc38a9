// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Locks a user out after wrong passwords: the fifth locks for one second, each further one twice as
 * long, at most {@link #MAX_LOCK}. An attempt during a lock does not count. Fifteen minutes without
 * an attempt, or a right password, reset it. At most {@link #MAX_USERS} users are remembered.
 * Source: the developer guide. Thread-safe.
 */
public final class AuthLockout {
  /** The longest lock. */
  public static final Duration MAX_LOCK = Duration.ofMinutes(15);

  /** How many users are remembered; the one with the oldest failure is forgotten first. */
  public static final int MAX_USERS = 20_000;

  private static final int FREE_ATTEMPTS = 5;
  private static final int MAX_DOUBLINGS = 10;

  private record Failures(int count, Instant last, Instant lockedUntil) {}

  private final SimClock clock;
  private final Exclusive lock = new Exclusive();
  private final Map<String, Failures> users = new LinkedHashMap<>();

  /** No user is locked out. */
  public AuthLockout(SimClock clock) {
    this.clock = clock;
  }

  /**
   * Refuses a user who is locked out.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException}
   */
  public void requireFree(String poolId, String name) {
    lock.call(
        () -> {
          Failures failures = users.get(key(poolId, name));
          if (failures != null && clock.now().isBefore(failures.lockedUntil)) {
            throw AuthErrors.attemptsExceeded();
          }
          return null;
        });
  }

  /** Counts a wrong password. */
  public void failed(String poolId, String name) {
    Instant now = clock.now();
    lock.call(
        () -> {
          String key = key(poolId, name);
          Failures before = users.remove(key);
          boolean counts = before != null && now.isBefore(latest(before).plus(MAX_LOCK));
          int count = before != null && counts ? before.count + 1 : 1;
          while (users.size() >= MAX_USERS) {
            users.remove(users.keySet().iterator().next());
          }
          return users.put(key, new Failures(count, now, now.plus(lockAfter(count))));
        });
  }

  private static Instant latest(Failures failures) {
    return failures.lockedUntil.isAfter(failures.last) ? failures.lockedUntil : failures.last;
  }

  private static Duration lockAfter(int count) {
    if (count < FREE_ATTEMPTS) {
      return Duration.ZERO;
    }
    Duration lock = Duration.ofSeconds(1L << Math.min(count - FREE_ATTEMPTS, MAX_DOUBLINGS));
    return lock.compareTo(MAX_LOCK) > 0 ? MAX_LOCK : lock;
  }

  /** Forgets a user's wrong passwords. */
  public void reset(String poolId, String name) {
    lock.call(() -> users.remove(key(poolId, name)));
  }

  private static String key(String poolId, String name) {
    return poolId + "\n" + name;
  }
}
