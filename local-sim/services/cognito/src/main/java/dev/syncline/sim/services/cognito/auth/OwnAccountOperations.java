// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.MfaFactors;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits.Limited;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolPasswords.Wording;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Map;

/** What users do with their account as a whole. Thread-safe. */
record OwnAccountOperations(AuthTools tools) {
  List<Operation> operations() {
    return List.of(
        Operation.of("GetUser: AccessToken", this::get),
        Operation.of("DeleteUser: AccessToken", this::delete),
        Operation.of("GlobalSignOut: AccessToken", this::signOut),
        Operation.of(
            "ChangePassword: PreviousPassword, ProposedPassword, AccessToken", this::change),
        Operation.of("GetUserAuthFactors: AccessToken", this::factors));
  }

  private Bearer bearer(Input input) {
    return AuthInputs.bearer(tools.tokens(), input);
  }

  private Output get(Input input, CallContext context) {
    Bearer bearer = bearer(input);
    PoolUser user = bearer.user();
    ObjectNode answer = Json.object().put("Username", user.username());
    answer.set(
        "UserAttributes",
        PoolAttributes.write(PoolAttributes.readable(bearer.client(), user), user.sub()));
    addFactors(answer, user);
    return Output.of(answer);
  }

  private static void addFactors(ObjectNode answer, PoolUser user) {
    List<String> enabled = MfaFactors.enabled(user);
    if (enabled.isEmpty()) {
      return;
    }
    Json.putIfPresent(answer, "PreferredMfaSetting", user.factors().preferred());
    answer.set("UserMFASettingList", Json.texts(enabled));
  }

  private Output factors(Input input, CallContext context) {
    Bearer bearer = bearer(input);
    PoolUser user = bearer.user();
    ObjectNode answer = Json.object().put("Username", user.username());
    addFactors(answer, user);
    ArrayNode configured = answer.putArray("ConfiguredUserAuthFactors");
    if (user.password() != null) {
      configured.add("PASSWORD");
    }
    for (var factor : bearer.pool().setting("/Policies/SignInPolicy/AllowedFirstAuthFactors")) {
      String attribute =
          Map.of("EMAIL_OTP", "email", "SMS_OTP", "phone_number").getOrDefault(factor.asText(), "");
      if ("true".equals(user.attributes().get(attribute + "_verified"))) {
        configured.add(factor.asText());
      }
    }
    return Output.of(answer);
  }

  private Output delete(Input input, CallContext context) {
    Bearer bearer = bearer(input);
    String poolId = bearer.pool().id();
    String username = bearer.user().username();
    tools.store().removeUser(poolId, username);
    tools.codes().forget(poolId, username);
    tools.devices().forget(poolId, username);
    tools.lockout().reset(poolId, username);
    return Output.empty();
  }

  private Output signOut(Input input, CallContext context) {
    Bearer bearer = bearer(input);
    tools.tokens().signOut(bearer.pool().id(), bearer.user().username());
    return Output.empty();
  }

  private Output change(Input input, CallContext context) {
    Bearer bearer = bearer(input);
    UserPool pool = bearer.pool();
    PoolUser user = bearer.user();
    String username = user.username();
    tools.limits().count(Limited.CHANGE_PASSWORD, pool.id(), username);
    String proposed = input.requiredText("ProposedPassword");
    PasswordRecord present = user.password();
    // A user without a password sets the first one without a previous one.
    if (present != null
        && !tools
            .passwords()
            .matches(pool, username, input.text("PreviousPassword").orElse(""), present)) {
      throw AuthErrors.wrongPassword();
    }
    tools.passwords().requirePolicy(pool, Wording.OTHER, proposed);
    tools.passwords().requireUnused(pool, username, proposed, present);
    PasswordRecord record = tools.passwords().create(pool, username, proposed, false, present);
    tools
        .store()
        .update(
            pool.id(),
            username,
            found -> found.withPassword(record, found.status(), tools.clock().now()));
    return Output.empty();
  }
}
