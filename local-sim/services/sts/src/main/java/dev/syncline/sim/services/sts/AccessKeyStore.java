// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

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
 * The access keys whose secrets the simulator knows: those it issued and those it was told of. What
 * signs with them can be verified. Lasting keys stay. Of sessions, which expire, at most {@value
 * #MAX_SESSIONS} are kept: beyond that the one that expires first is forgotten, so that none goes
 * while there is an expired one.
 *
 * <p>Thread-safe.
 */
public final class AccessKeyStore implements AccessKeys {
  /** How many sessions are kept; one takes about half a kilobyte. */
  static final int MAX_SESSIONS = 50_000;

  private static final String FUNCTION_KEY_ID = "ASIASIMULATOR0000000";
  private static final String FUNCTION_SECRET = "simulator";

  private final String account;
  private final Map<String, AccessKey> lasting = new HashMap<>();
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
        "arn:aws:sts::" + account + ":assumed-role/function/simulator",
        "AROAFUNCTION:simulator",
        null);
  }

  /** Adds a key of the local user that never expires. */
  void addUserKey(String id, String secret) {
    add(new AccessKey(id, secret, null, "arn:aws:iam::" + account + ":user/local", id, null));
  }

  /** Takes note of a key; one of the same id is replaced. */
  public synchronized void add(AccessKey key) {
    lasting.remove(key.id());
    forget(sessions.get(key.id()));
    if (key.expires() == null) {
      lasting.put(key.id(), key);
      return;
    }
    if (sessions.size() >= MAX_SESSIONS) {
      byExpiry.values().stream()
          .flatMap(Set::stream)
          .findFirst()
          .ifPresent(first -> forget(sessions.get(first)));
    }
    sessions.put(key.id(), key);
    byExpiry.computeIfAbsent(key.expires(), unused -> new LinkedHashSet<>()).add(key.id());
  }

  /** The key of that id, whether it has expired or not. */
  @Override
  public synchronized Optional<AccessKey> find(String id) {
    AccessKey key = lasting.get(id);
    return Optional.ofNullable(key == null ? sessions.get(id) : key);
  }

  /** How many keys that expire are kept. */
  synchronized int sessions() {
    return sessions.size();
  }

  private void forget(@Nullable AccessKey key) {
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
