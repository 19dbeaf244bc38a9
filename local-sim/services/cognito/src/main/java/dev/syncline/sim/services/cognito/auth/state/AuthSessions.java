// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions between the steps of a sign-in. A session is used once, and only while its user is
 * the same account with the same password as at its start. At most {@link #MAX_SESSIONS} are kept,
 * and the oldest are forgotten first. Thread-safe.
 */
public final class AuthSessions {
  /** How many sessions are kept, used ones included. */
  public static final int MAX_SESSIONS = 20_000;

  /** The challenge of a session that a sign-up gave. */
  public static final String SIGN_UP = "SIGN_UP";

  /** The challenge of a session that a confirmed sign-up gave. */
  public static final String SIGNED_UP = "SIGNED_UP";

  private static final String PREFIX = "AYABe";
  private static final int RANDOM_CHARACTERS = 1_019;

  /**
   * A challenge that waits for its answer.
   *
   * @param username the real user name, or the name given for a user that does not exist
   * @param challenge its name
   * @param data what the answer needs; never changed after construction
   */
  public record Pending(
      String poolId, String clientId, String username, String challenge, ObjectNode data) {
    /** Whether the text is one of the choices that the challenge offered. */
    public boolean offers(String choice) {
      for (JsonNode offered : data.path("choices")) {
        if (offered.asText().equals(choice)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public String toString() {
      return "Pending[challenge=" + challenge + "]";
    }
  }

  private static final class Entry {
    final Pending pending;
    final String account;
    final Instant expires;
    boolean used;

    Entry(Pending pending, String account, Instant expires) {
      this.pending = pending;
      this.account = account;
      this.expires = expires;
    }
  }

  private final SimClock clock;
  private final Ids ids;
  private final PoolStore store;
  private final Exclusive lock = new Exclusive();
  private final Map<String, Entry> sessions = new LinkedHashMap<>();

  /** No sessions. */
  public AuthSessions(SimClock clock, Ids ids, PoolStore store) {
    this.clock = clock;
    this.ids = ids;
    this.store = store;
  }

  /** Opens a session and returns its text. */
  public String open(Pending pending, Duration life) {
    Instant now = clock.now();
    String account = account(pending).orElse("");
    String session = PREFIX + ids.lowerAlphanumeric(RANDOM_CHARACTERS);
    return lock.call(
        () -> {
          makeRoom(now);
          sessions.put(session, new Entry(pending, account, now.plus(life)));
          return session;
        });
  }

  private void makeRoom(Instant now) {
    Iterator<Entry> oldest = sessions.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      // An expired session is kept for a while, because its error differs from an unknown one's.
      boolean old = entry.expires.plus(Duration.ofHours(1)).isBefore(now);
      if (!old && sessions.size() < MAX_SESSIONS) {
        return;
      }
      oldest.remove();
    }
  }

  /**
   * The challenge of a session, which stays usable.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException} for a session that
   *     is unknown, used or expired, or whose user is another account or has another password now
   */
  public Pending find(String session) {
    Entry entry = lock.call(() -> usable(session));
    // A user who does not exist any more has an error of its own.
    if (account(entry.pending).filter(now -> !now.equals(entry.account)).isPresent()) {
      throw AuthErrors.invalidSession();
    }
    return entry.pending;
  }

  /** What tells the user's account and password from others; empty for a user unknown now. */
  private Optional<String> account(Pending pending) {
    return store
        .findPool(pending.poolId())
        .flatMap(pool -> store.findUser(pool.id(), pending.username(), true))
        .map(AuthSessions::account);
  }

  private static String account(PoolUser user) {
    PasswordRecord password = user.password();
    return user.sub() + (password == null ? "" : password.salt() + password.verifier());
  }

  /** As {@link #find}; it cannot be used afterwards. */
  public Pending take(String session) {
    find(session);
    return lock.call(
        () -> {
          Entry entry = usable(session);
          entry.used = true;
          return entry.pending;
        });
  }

  private Entry usable(String session) {
    Entry entry = sessions.get(session);
    if (entry == null) {
      throw AuthErrors.invalidSession();
    }
    if (entry.used) {
      throw AuthErrors.sessionUsed();
    }
    if (!clock.now().isBefore(entry.expires)) {
      throw AuthErrors.sessionExpired();
    }
    return entry;
  }
}
