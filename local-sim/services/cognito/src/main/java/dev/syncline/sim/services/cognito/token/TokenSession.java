// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of one sign-in have in common, also after they are refreshed. Immutable.
 *
 * @param eventId in every token
 * @param originJti in every token of a client with revocation
 * @param sub tells a user from a later one of the same name
 * @param hosted whether the user signed in at the OAuth domain
 * @param deviceKey null for none
 * @param refreshUntil when its refresh tokens expire
 * @param revoked whether its refresh tokens and access tokens are refused
 */
record TokenSession(
    String eventId,
    String originJti,
    String poolId,
    String clientId,
    String username,
    String sub,
    Instant authTime,
    List<String> scopes,
    boolean hosted,
    @Nullable String deviceKey,
    Instant refreshUntil,
    boolean revoked) {
  /** Copies the scopes. */
  TokenSession {
    scopes = List.copyOf(scopes);
  }

  TokenSession ended() {
    return new TokenSession(
        eventId,
        originJti,
        poolId,
        clientId,
        username,
        sub,
        authTime,
        scopes,
        hosted,
        deviceKey,
        refreshUntil,
        true);
  }
}
