// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Exclusive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and refresh tokens. Beyond {@link #MAX_SESSIONS} the oldest session is forgotten: its
 * refresh tokens are then unknown. Thread-safe.
 */
final class TokenStore {
  static final int MAX_SESSIONS = 100_000;

  /**
   * A refresh token, of which only a digest is kept.
   *
   * @param replaced when another one took its place; null for the present one of its session
   */
  record Refresh(String digest, String eventId, @Nullable Instant replaced) {}

  /** A refresh token with its session. */
  record Found(Refresh token, TokenSession session) {}

  private final Exclusive lock = new Exclusive();
  private final Map<String, TokenSession> sessions = BoundedMap.byAge(MAX_SESSIONS);
  private final Map<String, Refresh> refreshTokens = BoundedMap.byAge(2 * MAX_SESSIONS);

  void add(TokenSession session) {
    lock.call(() -> sessions.put(session.eventId(), session));
  }

  void add(Refresh token) {
    lock.call(() -> refreshTokens.put(token.digest(), token));
  }

  Optional<TokenSession> session(String eventId) {
    return lock.call(() -> Optional.ofNullable(sessions.get(eventId)));
  }

  Optional<Found> refreshToken(String digest) {
    return lock.call(
        () -> {
          Refresh token = refreshTokens.get(digest);
          TokenSession session = token == null ? null : sessions.get(token.eventId());
          return token == null || session == null
              ? Optional.empty()
              : Optional.of(new Found(token, session));
        });
  }

  /** Puts another token in the place of one; a token that was replaced before stays so. */
  void replace(Refresh old, Refresh successor, Instant now) {
    lock.call(
        () -> {
          if (old.replaced() == null) {
            refreshTokens.put(old.digest(), new Refresh(old.digest(), old.eventId(), now));
          }
          return refreshTokens.put(successor.digest(), successor);
        });
  }

  /** Revokes what the sessions have issued. */
  void end(Predicate<TokenSession> which) {
    lock.call(
        () -> {
          sessions.replaceAll((id, session) -> which.test(session) ? session.ended() : session);
          return sessions.size();
        });
  }

  /** Revokes what one session has issued. */
  void end(String eventId) {
    lock.call(() -> sessions.computeIfPresent(eventId, (id, session) -> session.ended()));
  }

  void forget(String poolId) {
    lock.call(
        () -> {
          sessions.values().removeIf(session -> session.poolId().equals(poolId));
          return refreshTokens.values().removeIf(token -> !sessions.containsKey(token.eventId()));
        });
  }

  List<TokenSession> sessions() {
    return lock.call(() -> List.copyOf(sessions.values()));
  }

  List<Refresh> refreshTokens() {
    return lock.call(() -> List.copyOf(refreshTokens.values()));
  }
}
