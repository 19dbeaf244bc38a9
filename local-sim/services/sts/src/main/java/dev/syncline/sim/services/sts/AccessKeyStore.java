// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.contract.UserKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
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

  private final Supplier<Optional<UserKeys>> users;

  /** A store with the key of functions, which knows no IAM users. */
  public AccessKeyStore(String account) {
    this(account, Optional::empty);
  }

  /** A store with the key of functions. */
  AccessKeyStore(String account, Supplier<Optional<UserKeys>> users) {
    this.account = account;
    this.users = users;
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
  public Optional<AccessKey> find(String id) {
    AccessKey key = own(id);
    return key == null ? users.get().flatMap(known -> known.find(id)) : Optional.of(key);
  }

  @Override
  public boolean isDisabled(String id) {
    return own(id) == null && users.get().filter(known -> known.isDisabled(id)).isPresent();
  }

  private synchronized @Nullable AccessKey own(String id) {
    AccessKey key = permanent.get(id);
    return key == null ? sessions.get(id) : key;
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
