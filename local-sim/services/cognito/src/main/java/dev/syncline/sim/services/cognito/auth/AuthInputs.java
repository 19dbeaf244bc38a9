// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.cognito.auth.flow.SecretHashes;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Optional;

/**
 * Reads what many operations share. The room checks the constraints of the model before. Stateless.
 */
final class AuthInputs {
  private AuthInputs() {}

  /**
   * The client with its pool, and the user name that the call carries.
   *
   * @param username as given
   */
  record ClientCall(UserPool pool, AppClient client, String username) {}

  /** Reads ClientId, Username and SecretHash, and checks the hash. */
  static ClientCall clientCall(PoolStore store, Input input) {
    AppClient client = client(store, input);
    String username = input.requiredText("Username");
    SecretHashes.require(
        client, input.text("SecretHash").filter(hash -> !hash.isEmpty()), List.of(username));
    return new ClientCall(store.pool(client.poolId()), client, username);
  }

  /** The client that the input names. */
  static AppClient client(PoolStore store, Input input) {
    String id = input.requiredText("ClientId");
    return store.findClient(id).orElseThrow(() -> CognitoErrors.noClient(id));
  }

  /** The client that the input names, which must belong to the pool that it names. */
  static AppClient clientOfPool(PoolStore store, Input input) {
    UserPool pool = store.pool(input.requiredText("UserPoolId"));
    AppClient client = client(store, input);
    if (!client.poolId().equals(pool.id())) {
      throw AuthErrors.noClientInPool(client.id(), pool.id());
    }
    return client;
  }

  /** The user of the access token that the input has. */
  static Bearer bearer(TokenService tokens, Input input) {
    return tokens.bearer(input.requiredText("AccessToken"), TokenService.API_SCOPE);
  }

  /** The user whom an administrator names: by user name, alias or {@code sub}. */
  static PoolUser named(PoolStore store, Input input) {
    UserPool pool = store.pool(input.requiredText("UserPoolId"));
    Optional<PoolUser> user = store.findUser(pool.id(), input.requiredText("Username"), true);
    return user.orElseThrow(CognitoErrors::noUser);
  }
}
