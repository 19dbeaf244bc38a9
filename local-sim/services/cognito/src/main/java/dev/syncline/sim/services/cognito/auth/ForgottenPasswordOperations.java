// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.AuthInputs.ClientCall;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.AuthUsers;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.Purpose;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.SentCode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits.Limited;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolPasswords.Wording;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of a forgotten password. Thread-safe. */
record ForgottenPasswordOperations(AuthTools tools, AuthUsers users, CodeDelivery codes) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            ForgotPassword: ClientId, SecretHash, UserContextData, Username, AnalyticsMetadata,
              ClientMetadata
            """,
            this::forgot),
        Operation.of(
            """
            ConfirmForgotPassword: ClientId, SecretHash, Username, ConfirmationCode, Password,
              AnalyticsMetadata, UserContextData, ClientMetadata
            """,
            this::confirm));
  }

  private Output forgot(Input input, CallContext context) {
    ClientCall call = AuthInputs.clientCall(tools.store(), input);
    Map<String, String> metadata = input.textMap("ClientMetadata");
    Optional<PoolUser> found =
        tools
            .store()
            .findUser(call.pool().id(), call.username(), false)
            .or(() -> users.migrate(call.pool(), call.client(), call.username(), null, metadata));
    boolean hidden = call.client().hidesUsers();
    if (found.isEmpty() || (hidden && !reachable(call.pool(), found.get()))) {
      if (!hidden) {
        throw AuthErrors.noUserForClient();
      }
      return SignUpOperations.delivered(CodeDelivery.simulated(call.username()));
    }
    PoolUser user = found.get();
    if (!user.enabled()) {
      throw AuthErrors.disabled();
    }
    if (user.status() == UserStatus.FORCE_CHANGE_PASSWORD
        || user.status() == UserStatus.EXTERNAL_PROVIDER) {
      throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
    }
    tools.limits().count(Limited.FORGOT_PASSWORD, call.pool().id(), user.username());
    return SignUpOperations.delivered(
        codes.sendResetCode(call.pool(), call.client().id(), user, metadata));
  }

  /** Whether a code can be sent; a client that hides users simulates it otherwise. */
  private static boolean reachable(UserPool pool, PoolUser user) {
    return user.enabled() && CodeDelivery.recovers(pool, user);
  }

  private Output confirm(Input input, CallContext context) {
    ClientCall call = AuthInputs.clientCall(tools.store(), input);
    UserPool pool = call.pool();
    Optional<PoolUser> found = tools.store().findUser(pool.id(), call.username(), false);
    if (found.isEmpty()) {
      throw call.client().hidesUsers() ? AuthErrors.codeMismatch() : AuthErrors.noUserForClient();
    }
    PoolUser user = found.get();
    if (!user.enabled()) {
      throw call.client().hidesUsers() ? AuthErrors.codeMismatch() : AuthErrors.disabled();
    }
    tools.limits().count(Limited.CONFIRM_FORGOT_PASSWORD, pool.id(), user.username());
    SentCode code =
        tools
            .codes()
            .require(
                pool.id(),
                user.username(),
                Purpose.PASSWORD,
                input.requiredText("ConfirmationCode"));
    String password = input.requiredText("Password");
    tools.passwords().requirePolicy(pool, Wording.OTHER, password);
    tools.passwords().requireUnused(pool, user.username(), password, user.password());
    tools.codes().spend(code);
    PoolUser changed = changed(pool, user, code, password);
    tools
        .triggers()
        .postConfirmation(
            pool,
            call.client().id(),
            changed,
            "ConfirmForgotPassword",
            input.textMap("ClientMetadata"));
    return Output.empty();
  }

  private PoolUser changed(UserPool pool, PoolUser user, SentCode code, String password) {
    Instant now = tools.clock().now();
    PasswordRecord record =
        tools.passwords().create(pool, user.username(), password, false, user.password());
    return tools
        .store()
        .update(
            pool.id(),
            user.username(),
            found -> {
              var attributes = new LinkedHashMap<>(found.attributes());
              if (code.address().equals(attributes.get(code.attribute()))) {
                attributes.put(code.attribute() + "_verified", "true");
              }
              return found
                  .withAttributes(attributes, now)
                  .withPassword(record, UserStatus.CONFIRMED, now);
            });
  }
}
