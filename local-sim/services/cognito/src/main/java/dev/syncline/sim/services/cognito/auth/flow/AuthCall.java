// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.Map;
import java.util.Optional;

/**
 * A call that starts or continues a sign-in. Immutable.
 *
 * @param admin whether an administrator's operation made it
 * @param parameters AuthParameters or ChallengeResponses
 * @param metadata ClientMetadata
 */
public record AuthCall(
    UserPool pool,
    AppClient client,
    boolean admin,
    Map<String, String> parameters,
    Map<String, String> metadata) {
  /** A parameter; an empty one counts as absent. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * A parameter.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException}
   */
  public String need(String name) {
    return find(name).orElseThrow(() -> AuthErrors.missingParameter(name));
  }

  /**
   * This call without its ClientMetadata: that of InitiateAuth reaches PreAuthentication and
   * UserMigration, and no later trigger.
   */
  AuthCall withoutMetadata() {
    return new AuthCall(pool, client, admin, parameters, Map.of());
  }

  @Override
  public String toString() {
    return "AuthCall[client=" + client.id() + ", admin=" + admin + "]";
  }
}
