// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.auth.AuthInputs.ClientCall;
import dev.syncline.sim.services.cognito.auth.flow.AuthTools;
import dev.syncline.sim.services.cognito.auth.flow.AuthUsers;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.Purpose;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.SentCode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthLimits.Limited;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolNames;
import dev.syncline.sim.services.cognito.pool.PoolNames.NewName;
import dev.syncline.sim.services.cognito.pool.PoolPasswords.Wording;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of a sign-up. Thread-safe. */
record SignUpOperations(AuthTools tools, CodeDelivery codes) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            SignUp: ClientId, SecretHash, Username, Password, UserAttributes, ValidationData,
              AnalyticsMetadata, UserContextData, ClientMetadata
            """,
            this::signUp),
        Operation.of(
            """
            ConfirmSignUp: ClientId, SecretHash, Username, ConfirmationCode, ForceAliasCreation,
              AnalyticsMetadata, UserContextData, ClientMetadata, Session
            """,
            this::confirm),
        Operation.of(
            """
            ResendConfirmationCode: ClientId, SecretHash, UserContextData, Username,
              AnalyticsMetadata, ClientMetadata
            """,
            this::resend));
  }

  private Output signUp(Input input, CallContext context) {
    ClientCall call = AuthInputs.clientCall(tools.store(), input);
    UserPool pool = call.pool();
    if (pool.setting("/AdminCreateUserConfig/AllowAdminCreateUserOnly").asBoolean(false)) {
      throw CognitoErrors.notAuthorized("SignUp is not permitted for this user pool");
    }
    Optional<String> password = input.text("Password").filter(text -> !text.isEmpty());
    if (password.isEmpty() && !passwordless(pool)) {
      Constraints.of(input).required("Password").verify("InvalidParameterException");
    }
    String sub = AuthUsers.newSub(tools.ids());
    Map<String, String> given = PoolAttributes.read(input, "UserAttributes");
    given.values().removeIf(String::isEmpty);
    NewName name = PoolNames.resolve(pool, call.username(), given, sub);
    password.ifPresent(text -> tools.passwords().requirePolicy(pool, Wording.SIGN_UP, text));
    PoolAttributes.requireCreatable(pool, name.attributes());
    PoolAttributes.requireWritable(call.client(), given.keySet());
    requireFree(pool, name, call.username());
    ObjectNode decision = preSignUp(call, name, input);
    PasswordRecord record =
        password
            .map(text -> tools.passwords().create(pool, name.username(), text, false, null))
            .orElse(null);
    boolean confirmed = decision.path("autoConfirmUser").asBoolean(false);
    Instant now = tools.clock().now();
    var user =
        new PoolUser(
            name.username(),
            sub,
            verified(pool, name.attributes(), decision),
            confirmed ? UserStatus.CONFIRMED : UserStatus.UNCONFIRMED,
            true,
            now,
            now,
            record,
            UserFactors.NONE);
    tools
        .store()
        .exclusively(
            () -> {
              requireFree(pool, name, call.username());
              PoolNames.requireAliasesFree(
                  tools.store(), pool, user.username(), user.attributes(), false, now);
              tools.store().add(pool.id(), user);
              return user;
            });
    return Output.of(signedUp(call, user, input.textMap("ClientMetadata")));
  }

  private ObjectNode signedUp(ClientCall call, PoolUser user, Map<String, String> metadata) {
    boolean confirmed = user.status() == UserStatus.CONFIRMED;
    ObjectNode answer = Json.object().put("UserConfirmed", confirmed).put("UserSub", user.sub());
    if (confirmed) {
      tools
          .triggers()
          .postConfirmation(call.pool(), call.client().id(), user, "ConfirmSignUp", metadata);
      return answer;
    }
    if (call.client().authFlows().contains("ALLOW_USER_AUTH")) {
      answer.put("Session", sessions().open(call, user, AuthSessions.SIGN_UP));
    }
    CodeDelivery.confirming(call.pool(), user)
        .ifPresent(
            attribute ->
                answer.set(
                    "CodeDeliveryDetails",
                    codes.sendSignUpCode(
                        call.pool(), call.client().id(), user, "SignUp", attribute, metadata)));
    return answer;
  }

  private SignUpSessions sessions() {
    return new SignUpSessions(tools.sessions());
  }

  private static boolean passwordless(UserPool pool) {
    for (var factor : pool.setting("/Policies/SignInPolicy/AllowedFirstAuthFactors")) {
      if (!factor.asText().equals("PASSWORD")) {
        return true;
      }
    }
    return false;
  }

  private static String exists(UserPool pool, String given) {
    if (pool.usernameAttributes().isEmpty()) {
      return "User already exists";
    }
    String attribute = PoolAttributes.isPhone(given) ? "phone_number" : "email";
    return "An account with the given " + attribute + " already exists.";
  }

  private void requireFree(UserPool pool, NewName name, String given) {
    tools
        .store()
        .exclusively(
            () -> {
              PoolNames.requireFree(tools.store(), pool, name, given, exists(pool, given));
              return name;
            });
  }

  private ObjectNode preSignUp(ClientCall call, NewName name, Input input) {
    return tools
        .triggers()
        .preSignUp(
            call.pool(),
            call.client(),
            name.username(),
            name.attributes(),
            PoolAttributes.read(input, "ValidationData"),
            input.textMap("ClientMetadata"))
        .orElseGet(Json::object);
  }

  private static Map<String, String> verified(
      UserPool pool, Map<String, String> attributes, ObjectNode decision) {
    var all = new LinkedHashMap<>(attributes);
    verify(all, "email", decision.path("autoVerifyEmail").asBoolean(false));
    verify(all, "phone_number", decision.path("autoVerifyPhone").asBoolean(false));
    for (String attribute : pool.autoVerifiedAttributes()) {
      if (all.containsKey(attribute)) {
        all.putIfAbsent(attribute + "_verified", "false");
      }
    }
    return all;
  }

  private static void verify(Map<String, String> attributes, String attribute, boolean verify) {
    if (verify && !attributes.containsKey(attribute)) {
      throw AuthErrors.cannotVerify(attribute);
    }
    if (verify) {
      attributes.put(attribute + "_verified", "true");
    }
  }

  private Output confirm(Input input, CallContext context) {
    ClientCall call = AuthInputs.clientCall(tools.store(), input);
    UserPool pool = call.pool();
    Optional<PoolUser> found = find(call);
    if (found.isEmpty()) {
      throw AuthErrors.codeExpired();
    }
    PoolUser user = found.get();
    if (!user.enabled()) {
      throw AuthErrors.disabled();
    }
    if (user.status() != UserStatus.UNCONFIRMED) {
      throw CognitoErrors.notAuthorized(
          "User cannot be confirmed. Current status is " + user.status());
    }
    tools.limits().count(Limited.CONFIRM_SIGN_UP, pool.id(), user.username());
    SentCode code =
        tools
            .codes()
            .require(
                pool.id(),
                user.username(),
                Purpose.SIGN_UP,
                input.requiredText("ConfirmationCode"));
    PoolUser confirmed = confirmed(pool, user, code, input.bool("ForceAliasCreation", false));
    tools
        .triggers()
        .postConfirmation(
            pool, call.client().id(), confirmed, "ConfirmSignUp", input.textMap("ClientMetadata"));
    return sessions().confirmed(call, confirmed, input);
  }

  private PoolUser confirmed(UserPool pool, PoolUser user, SentCode code, boolean force) {
    Instant now = tools.clock().now();
    return tools
        .store()
        .exclusively(
            () -> {
              PoolUser present = tools.store().update(pool.id(), user.username(), same -> same);
              var attributes = new LinkedHashMap<>(present.attributes());
              if (code.address().equals(attributes.get(code.attribute()))) {
                attributes.put(code.attribute() + "_verified", "true");
              }
              PoolNames.requireAliasesFree(
                  tools.store(), pool, user.username(), attributes, force, now);
              tools.codes().spend(code);
              return tools
                  .store()
                  .update(
                      pool.id(),
                      user.username(),
                      same ->
                          same.withAttributes(attributes, now)
                              .withStatus(UserStatus.CONFIRMED, now));
            });
  }

  private Output resend(Input input, CallContext context) {
    ClientCall call = AuthInputs.clientCall(tools.store(), input);
    UserPool pool = call.pool();
    Optional<PoolUser> found = find(call);
    boolean hidden = call.client().hidesUsers();
    if (found.isEmpty() || (hidden && !found.get().enabled())) {
      return delivered(CodeDelivery.simulated(call.username()));
    }
    PoolUser user = found.get();
    if (!user.enabled()) {
      throw AuthErrors.disabled();
    }
    if (user.status() != UserStatus.UNCONFIRMED) {
      throw CognitoErrors.invalidParameter("User is already confirmed.");
    }
    String attribute =
        CodeDelivery.confirming(pool, user)
            .orElseThrow(
                () ->
                    CognitoErrors.invalidParameter(
                        "Cannot resend codes. Auto verification not turned on."));
    tools.limits().count(Limited.RESEND, pool.id(), user.username());
    return delivered(
        codes.sendSignUpCode(
            pool,
            call.client().id(),
            user,
            "ResendCode",
            attribute,
            input.textMap("ClientMetadata")));
  }

  private Optional<PoolUser> find(ClientCall call) {
    Optional<PoolUser> user = tools.store().findUser(call.pool().id(), call.username(), false);
    if (user.isEmpty() && !call.client().hidesUsers()) {
      throw AuthErrors.noUserForClient();
    }
    return user;
  }

  static Output delivered(ObjectNode details) {
    ObjectNode answer = Json.object();
    answer.set("CodeDeliveryDetails", details);
    return Output.of(answer);
  }
}
