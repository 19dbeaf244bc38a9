// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.AuthInputs.ClientCall;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.util.Optional;

/** The sessions with which a new user signs in without a further factor. Thread-safe. */
record SignUpSessions(AuthSessions sessions) {
  /** Opens a session of a kind. */
  String open(ClientCall call, PoolUser user, String kind) {
    return sessions.open(
        new Pending(call.pool().id(), call.client().id(), user.username(), kind, Json.object()),
        call.client().sessionLife());
  }

  /** Spends the session that a sign-up gave, and opens one for the sign-in. */
  Output confirmed(ClientCall call, PoolUser user, Input input) {
    Optional<String> given = input.text("Session");
    if (given.isEmpty()) {
      return Output.empty();
    }
    Pending pending = sessions.take(given.get());
    boolean own =
        pending.clientId().equals(call.client().id())
            && pending.username().equals(user.username())
            && pending.challenge().equals(AuthSessions.SIGN_UP);
    if (!own) {
      throw AuthErrors.invalidSession();
    }
    return Output.of(Json.object().put("Session", open(call, user, AuthSessions.SIGNED_UP)));
  }
}
