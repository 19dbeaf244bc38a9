// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.flow.AuthCall;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.AuthUsers;
import dev.syncline.sim.services.cognito.auth.flow.SignInFlows;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs users in with the rules of the API: lock-out, states, triggers and challenges. It issues no
 * tokens: a code does later. Thread-safe.
 */
final class HostedSignIn {
  private static final String FLOW = "ADMIN_USER_PASSWORD_AUTH";
  private static final String USERNAME = "Username";

  private final SignInFlows flows;

  HostedSignIn(AuthTools tools) {
    var withoutTokens =
        new AuthTools(
            tools.clock(),
            tools.ids(),
            tools.store(),
            tools.passwords(),
            tools.messages(),
            new NoTokens(tools.tokens()),
            tools.triggers(),
            tools.codes(),
            tools.sessions(),
            tools.lockout(),
            tools.limits(),
            tools.devices(),
            tools.once(),
            tools.secret());
    this.flows = new SignInFlows(withoutTokens, new AuthUsers(withoutTokens));
  }

  /**
   * Starts a sign-in.
   *
   * @return a challenge as InitiateAuth answers it, or what {@link #signedIn} reads
   * @throws dev.syncline.sim.service.AwsException as InitiateAuth
   */
  ObjectNode start(UserPool pool, AppClient client, String username, String password) {
    var parameters = Map.of("USERNAME", username, "PASSWORD", password);
    return flows.start(new AuthCall(pool, open(client), true, parameters, Map.of()), FLOW);
  }

  /** Continues a sign-in; otherwise as {@link #start}. */
  ObjectNode answer(
      UserPool pool,
      AppClient client,
      String challenge,
      String session,
      Map<String, String> parameters) {
    return flows.answer(
        new AuthCall(pool, open(client), true, parameters, Map.of()),
        challenge,
        Optional.of(session));
  }

  /** The user name of a sign-in that is complete. */
  static Optional<String> signedIn(ObjectNode answer) {
    String name = answer.path("AuthenticationResult").path(USERNAME).asText();
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** The login page takes passwords for every client, and no secret hash. */
  private static AppClient open(AppClient client) {
    ObjectNode settings = client.settings().deepCopy();
    settings.set("ExplicitAuthFlows", Json.texts(List.of("ALLOW_" + FLOW)));
    return new AppClient(
        client.id(),
        client.poolId(),
        client.name(),
        List.of(),
        client.created(),
        client.modified(),
        settings);
  }

  /** Tells who has signed in, in place of tokens. */
  private record NoTokens(TokenService others) implements TokenService {
    @Override
    public ObjectNode issue(Grant grant) {
      return Json.object().put(USERNAME, grant.user().username());
    }

    @Override
    public ObjectNode refresh(AppClient client, String token, Map<String, String> metadata) {
      return others.refresh(client, token, metadata);
    }

    @Override
    public Optional<String> refreshUser(AppClient client, String token) {
      return others.refreshUser(client, token);
    }

    @Override
    public Bearer bearer(String accessToken, String requiredScope) {
      return others.bearer(accessToken, requiredScope);
    }

    @Override
    public void signOut(String poolId, String username) {
      others.signOut(poolId, username);
    }

    @Override
    public void forget(String poolId) {
      others.forget(poolId);
    }
  }
}
