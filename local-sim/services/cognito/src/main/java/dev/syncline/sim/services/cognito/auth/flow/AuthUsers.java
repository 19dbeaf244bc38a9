// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolNames;
import dev.syncline.sim.services.cognito.pool.PoolNames.NewName;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the users who sign in, and adds those that a migration brings. Thread-safe. */
public record AuthUsers(AuthTools tools) {
  /** A new {@code sub}: it has the form of AWS's, which no version of UUID has. */
  public static String newSub(Ids ids) {
    String uuid = ids.uuid().toString();
    return uuid.substring(0, 14) + "70" + uuid.substring(16, 19) + ids.hex(1) + uuid.substring(20);
  }

  /**
   * The user of that name.
   *
   * @return empty when it does not exist and the client hides that
   * @throws AwsException {@code UserNotFoundException}
   */
  Optional<PoolUser> find(AuthCall call, String name) {
    return known(call, found(call, name));
  }

  /** As {@link #find}; asks the UserMigration trigger for a user that does not exist. */
  Optional<PoolUser> findOrMigrate(AuthCall call, String name, String password) {
    Optional<PoolUser> user = found(call, name);
    return known(
        call,
        user.isPresent()
            ? user
            : migrate(call.pool(), call.client(), name, password, call.metadata()));
  }

  private Optional<PoolUser> found(AuthCall call, String name) {
    return tools.store().findUser(call.pool().id(), name, call.admin());
  }

  private static Optional<PoolUser> known(AuthCall call, Optional<PoolUser> user) {
    if (user.isEmpty() && !call.client().hidesUsers()) {
      throw CognitoErrors.noUser();
    }
    return user;
  }

  /**
   * Refuses a user who may not sign in with any password.
   *
   * @throws AwsException {@code NotAuthorizedException}, {@code UserNotConfirmedException}, {@code
   *     PasswordResetRequiredException}
   */
  static void requireActive(PoolUser user) {
    if (!user.enabled()) {
      throw AuthErrors.disabled();
    }
    if (user.status() == UserStatus.UNCONFIRMED) {
      throw AuthErrors.notConfirmed();
    }
    if (user.status() == UserStatus.RESET_REQUIRED) {
      throw AuthErrors.resetRequired();
    }
  }

  /**
   * Asks the UserMigration trigger for a user.
   *
   * @param password null when a password is to be reset
   * @return empty without such a trigger
   * @throws AwsException {@code UserNotFoundException} when the trigger fails
   */
  public Optional<PoolUser> migrate(
      UserPool pool,
      AppClient client,
      String name,
      @Nullable String password,
      Map<String, String> metadata) {
    if (!AuthTriggers.has(pool, "UserMigration")) {
      return Optional.empty();
    }
    Optional<ObjectNode> response;
    try {
      response = tools.triggers().userMigration(pool, client, name, password, metadata);
    } catch (AwsException refused) {
      throw AuthErrors.migrationFailed(client.id());
    }
    return response
        .filter(answer -> answer.path("userAttributes").isObject())
        .map(answer -> add(pool, name, password, answer));
  }

  private PoolUser add(UserPool pool, String name, @Nullable String password, ObjectNode answer) {
    var attributes = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> attribute : answer.path("userAttributes").properties()) {
      if (!attribute.getKey().equals("username") && !attribute.getKey().equals("sub")) {
        attributes.put(attribute.getKey(), attribute.getValue().asText());
      }
    }
    boolean confirmed =
        password != null && answer.path("finalUserStatus").asText().equals("CONFIRMED");
    Instant now = tools.clock().now();
    String sub = newSub(tools.ids());
    NewName resolved = PoolNames.resolve(pool, name, attributes, sub);
    PoolAttributes.requireCreatable(pool, resolved.attributes());
    PasswordRecord record =
        password == null
            ? null
            : tools.passwords().create(pool, resolved.username(), password, false, null);
    var user =
        new PoolUser(
            resolved.username(),
            sub,
            resolved.attributes(),
            confirmed ? UserStatus.CONFIRMED : UserStatus.RESET_REQUIRED,
            true,
            now,
            now,
            record,
            UserFactors.NONE);
    return tools
        .store()
        .exclusively(
            () -> {
              PoolNames.requireFree(tools.store(), pool, resolved, name, "User already exists");
              PoolNames.requireAliasesFree(
                  tools.store(),
                  pool,
                  resolved.username(),
                  resolved.attributes(),
                  answer.path("forceAliasCreation").asBoolean(false),
                  now);
              tools.store().add(pool.id(), user);
              return user;
            });
  }
}
