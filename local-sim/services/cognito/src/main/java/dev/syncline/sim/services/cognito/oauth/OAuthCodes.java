// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Codes, which are valid once and for five minutes, and the sessions of browsers, which are valid
 * for an hour. They end with the process. Thread-safe.
 */
final class OAuthCodes {
  private static final Duration CODE_LIFE = Duration.ofMinutes(5);
  private static final Duration SESSION_LIFE = Duration.ofHours(1);
  private static final int MAX_ENTRIES = 10_000;
  private static final Pattern FORM_TOKEN = Pattern.compile("[0-9a-f-]{36}");

  /**
   * What a code stands for.
   *
   * @param challenge PKCE's code_challenge; empty for none
   */
  record Code(
      String poolId,
      String clientId,
      String redirectUri,
      Who user,
      List<String> scopes,
      String nonce,
      String challenge) {}

  /** A user who has signed in. */
  record Who(String username, String sub) {
    static Who of(PoolUser user) {
      return new Who(user.username(), user.sub());
    }
  }

  private record Kept<T>(String poolId, T value, Instant until) {}

  private final SimClock clock;
  private final Ids ids;
  private final Exclusive lock = new Exclusive();
  private final Map<String, Kept<Code>> codes = BoundedMap.byAge(MAX_ENTRIES);
  private final Map<String, Kept<Who>> sessions = BoundedMap.byAge(MAX_ENTRIES);

  OAuthCodes(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** A new code. */
  String issue(Code code) {
    String text = ids.uuid().toString();
    Instant until = clock.now().plus(CODE_LIFE);
    lock.call(() -> codes.put(text, new Kept<>(code.poolId(), code, until)));
    return text;
  }

  /** What the code stands for; it is used up, also when the caller then refuses. */
  Optional<Code> take(String poolId, String text) {
    return lock.call(() -> current(poolId, codes.remove(text)));
  }

  /** A new session of a browser. */
  String open(String poolId, Who user) {
    String id = ids.uuid().toString();
    Instant until = clock.now().plus(SESSION_LIFE);
    lock.call(() -> sessions.put(id, new Kept<>(poolId, user, until)));
    return id;
  }

  /** Who has signed in. */
  Optional<Who> session(String poolId, String id) {
    return lock.call(() -> current(poolId, sessions.get(id)));
  }

  /** Ends a session. */
  void close(String poolId, String id) {
    lock.call(
        () ->
            sessions.containsKey(id) && sessions.get(id).poolId().equals(poolId)
                ? sessions.remove(id)
                : null);
  }

  /** Whether a text has the form of {@link #formToken}. */
  static boolean isFormToken(String text) {
    return FORM_TOKEN.matcher(text).matches();
  }

  /** A secret for a form. */
  String formToken() {
    return ids.uuid().toString();
  }

  private <T> Optional<T> current(String poolId, @org.jspecify.annotations.Nullable Kept<T> kept) {
    return kept == null || !kept.poolId().equals(poolId) || !clock.now().isBefore(kept.until())
        ? Optional.empty()
        : Optional.of(kept.value());
  }
}
