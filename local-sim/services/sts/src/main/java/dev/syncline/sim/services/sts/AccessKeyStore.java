// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.contract.AccessKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The access keys whose secrets the simulator knows: those that it issued and those from its
 * settings. Their signatures can be verified. Keys without an expiry are kept until the simulator
 * stops. At most {@value #MAX_SESSIONS} sessions are kept: a further one replaces the session with
 * the earliest expiry, so a valid session is never removed while an expired one is kept.
 *
 * <p>Thread-safe.
 */
public final class AccessKeyStore implements AccessKeys {
  /** The largest number of sessions; one takes about half a kilobyte. */
  static final int MAX_SESSIONS = 50_000;

  private static final String FUNCTION_KEY_ID = "ASIASIMULATOR0000000";
  private static final String FUNCTION_SECRET = "simulator";

  private final String account;
  private final Map<String, AccessKey> permanent = new HashMap<>();
  private final Map<String, AccessKey> sessions = new HashMap<>();
  private final TreeMap<Instant, Set<String>> byExpiry = new TreeMap<>();

  /** A store with the key of functions. */
  public AccessKeyStore(String account) {
    this.account = account;
    add(ofFunctions());
  }

  /** The key that functions sign with. */
  AccessKey ofFunctions() {
    return new AccessKey(
        FUNCTION_KEY_ID,
        FUNCTION_SECRET,
        FUNCTION_SECRET,
        StsArns.assumedRole(account, "function", "simulator"),
        "AROAFUNCTION:simulator",
        null);
  }

  /** Adds a key of the local user that never expires. */
  void addUserKey(String id, String secret) {
    add(new AccessKey(id, secret, null, StsArns.user(account), id, null));
  }

  /** Adds a key. It replaces a key of the same id. */
  public synchronized void add(AccessKey key) {
    permanent.remove(key.id());
    remove(sessions.get(key.id()));
    if (key.expires() == null) {
      permanent.put(key.id(), key);
      return;
    }
    if (sessions.size() >= MAX_SESSIONS) {
      byExpiry.values().stream()
          .flatMap(Set::stream)
          .findFirst()
          .ifPresent(first -> remove(sessions.get(first)));
    }
    sessions.put(key.id(), key);
    byExpiry.computeIfAbsent(key.expires(), unused -> new LinkedHashSet<>()).add(key.id());
  }

  /** The key of that id, whether it has expired or not. */
  @Override
  public synchronized Optional<AccessKey> find(String id) {
    AccessKey key = permanent.get(id);
    return Optional.ofNullable(key == null ? sessions.get(id) : key);
  }

  /**
   * The temporary key of that id, empty for any other key.
   *
   * @throws AwsException {@code ExpiredToken} when the key has expired at {@code now}
   */
  Optional<AccessKey> session(String id, Instant now) {
    Optional<AccessKey> key = find(id).filter(found -> found.sessionToken() != null);
    if (key.isPresent() && !key.get().valid(now)) {
      throw StsErrors.expiredToken();
    }
    return key;
  }

  /** How many keys that expire are kept. */
  synchronized int sessions() {
    return sessions.size();
  }

  private void remove(@Nullable AccessKey key) {
    if (key == null || key.expires() == null) {
      return;
    }
    sessions.remove(key.id());
    Set<String> ids = byExpiry.get(key.expires());
    if (ids != null) {
      ids.remove(key.id());
      if (ids.isEmpty()) {
        byExpiry.remove(key.expires());
      }
    }
  }
}
