// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.TotpCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.Arrays;
import java.util.OptionalLong;

/** Sets up software tokens, with an access token or during a sign-in. Thread-safe. */
public record SetupFlow(AuthTools tools) {
  private static final int SECRET_BYTES = 32;
  private static final String SETUP = "MFA_SETUP";
  private static final String SECRET = "totp";
  private static final String VERIFIED = "verified";

  /** A new secret for a user with an access token. */
  public ObjectNode associate(UserPool pool, PoolUser user) {
    requireOffered(pool);
    String secret = newSecret();
    tools.codes().keepSecret(pool.id(), user.username(), secret);
    return Json.object().put("SecretCode", secret);
  }

  /** A new secret during a sign-in. */
  public ObjectNode associate(String session) {
    Pending pending = setup(session);
    requireOffered(tools.store().pool(pending.poolId()));
    tools.sessions().take(session);
    String secret = newSecret();
    ObjectNode data = pending.data().deepCopy();
    data.put(SECRET, secret);
    return Json.object().put("SecretCode", secret).put("Session", reopen(pending, data));
  }

  private static void requireOffered(UserPool pool) {
    if (!pool.softwareTokenMfa()) {
      throw AuthErrors.noSoftwareToken();
    }
  }

  private String newSecret() {
    byte[] random = AuthDigests.sha256(AuthDigests.bytes(tools.ids().hex(64)));
    return TotpCodes.encode(Arrays.copyOf(random, SECRET_BYTES));
  }

  /** Checks the first code of a user with an access token. */
  public ObjectNode verify(UserPool pool, PoolUser user, String code) {
    String secret =
        tools.codes().secret(pool.id(), user.username()).orElseThrow(AuthErrors::noSoftwareToken);
    requireFirst(pool.id(), user.username(), secret, code);
    tools.codes().dropSecret(pool.id(), user.username());
    UserFactors own = user.factors();
    keep(
        pool.id(),
        user,
        new UserFactors(
            secret,
            true,
            own.totpEnabled(),
            own.smsEnabled(),
            own.emailEnabled(),
            own.preferred()));
    return Json.object().put("Status", "SUCCESS");
  }

  /** Checks the first code during a sign-in; the token is asked for from the next one on. */
  public ObjectNode verify(String session, String code) {
    Pending pending = setup(session);
    String secret = pending.data().path(SECRET).asText();
    if (secret.isEmpty()) {
      throw AuthErrors.noSoftwareToken();
    }
    requireFirst(pending.poolId(), pending.username(), secret, code);
    tools.sessions().take(session);
    PoolUser user = tools.store().update(pending.poolId(), pending.username(), same -> same);
    UserFactors own = user.factors();
    keep(
        pending.poolId(),
        user,
        new UserFactors(secret, true, true, own.smsEnabled(), own.emailEnabled(), own.preferred()));
    ObjectNode data = pending.data().deepCopy();
    data.remove(SECRET);
    data.put(VERIFIED, true);
    return Json.object().put("Status", "SUCCESS").put("Session", reopen(pending, data));
  }

  private void requireFirst(String poolId, String username, String secret, String code) {
    OptionalLong step = TotpCodes.stepOf(secret, code, tools.clock().now());
    if (step.isEmpty()) {
      throw AuthErrors.tokenSetupMismatch();
    }
    String key = FactorFlow.tokenKey(poolId, username);
    tools.once().forget(key);
    if (!tools.once().use(key, step.getAsLong())) {
      throw AuthErrors.tokenCodeUsed();
    }
  }

  private void keep(String poolId, PoolUser user, UserFactors factors) {
    tools
        .store()
        .update(poolId, user.username(), found -> found.withFactors(factors, tools.clock().now()));
  }

  private Pending setup(String session) {
    Pending pending = tools.sessions().find(session);
    if (!pending.challenge().equals(SETUP)) {
      throw AuthErrors.invalidSession();
    }
    return pending;
  }

  private String reopen(Pending pending, ObjectNode data) {
    var client =
        tools.store().findClient(pending.clientId()).orElseThrow(AuthErrors::invalidSession);
    return tools
        .sessions()
        .open(
            new Pending(pending.poolId(), pending.clientId(), pending.username(), SETUP, data),
            client.sessionLife());
  }

  /** Whether the token of the session was set up. */
  static boolean done(Pending pending) {
    return pending.data().path(VERIFIED).asBoolean(false);
  }
}
