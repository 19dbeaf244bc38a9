// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthDevices;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits;
import dev.syncline.sim.services.cognito.auth.state.AuthLockout;
import dev.syncline.sim.services.cognito.auth.state.AuthSecret;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.auth.state.OnceUses;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.UserMessages;
import java.util.Map;

/** What the flows use. Its parts are thread-safe. */
public record AuthTools(
    SimClock clock,
    Ids ids,
    PoolStore store,
    PoolPasswords passwords,
    UserMessages messages,
    TokenService tokens,
    AuthTriggers triggers,
    AuthCodes codes,
    AuthSessions sessions,
    AuthLockout lockout,
    AuthLimits limits,
    AuthDevices devices,
    OnceUses once,
    AuthSecret secret) {
  /** A challenge with a new session. */
  ObjectNode challenge(
      AuthCall call,
      String username,
      String challenge,
      ObjectNode data,
      Map<String, String> parameters) {
    return AuthAnswers.challenge(challenge, session(call, username, challenge, data), parameters);
  }

  /** A new session. */
  String session(AuthCall call, String username, String challenge, ObjectNode data) {
    return sessions.open(
        new Pending(call.pool().id(), call.client().id(), username, challenge, data),
        call.client().sessionLife());
  }

  /**
   * The user as it is now.
   *
   * @throws dev.syncline.sim.service.AwsException {@code UserNotFoundException}
   */
  PoolUser user(AuthCall call, String username) {
    return store.update(call.pool().id(), username, same -> same);
  }
}
