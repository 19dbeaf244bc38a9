// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PasswordRecord;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolNames;
import dev.syncline.sim.services.cognito.pool.PoolPasswords;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.TriggerCalls.TriggerCall;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserMessages.Message;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AdminCreateUser. Thread-safe. */
record UserCreation(CognitoParts parts) {
  private static final String EMAIL = "email";
  private static final String PHONE = "phone_number";

  Operation operation() {
    return Operation.of(
        """
        AdminCreateUser: UserPoolId, Username, UserAttributes, ValidationData, TemporaryPassword,
          ForceAliasCreation, MessageAction, DesiredDeliveryMediums, ClientMetadata
        """,
        this::create);
  }

  private Output create(Input input, CallContext context) {
    UserPool pool = parts.store().pool(input.requiredText("UserPoolId"));
    String given = input.requiredText("Username");
    String action = input.text("MessageAction").orElse("");
    if (action.equals("RESEND")) {
      return resend(pool, given, input);
    }
    Map<String, String> attributes = PoolAttributes.read(input, "UserAttributes");
    String sub = parts.names().sub();
    PoolNames.NewName name = PoolNames.resolve(pool, given, attributes, sub);
    Optional<String> sent = input.text("TemporaryPassword");
    boolean passwordless = sent.isEmpty() && mayUseCodes(pool, name.attributes());
    if (passwordless) {
      PoolAttributes.requireCreatable(pool, name.attributes());
    } else {
      PoolAttributes.requireAllowed(pool, name.attributes());
    }
    sent.ifPresent(
        password ->
            parts
                .passwords()
                .requirePolicy(pool, PoolPasswords.Wording.ADMIN_CREATE_USER, password));
    requireFree(pool, name, given);
    preSignUp(pool, name, input);
    String password = sent.orElseGet(() -> parts.passwords().generate(pool));
    Instant now = parts.clock().now();
    PasswordRecord record =
        passwordless ? null : parts.passwords().create(pool, name.username(), password, true, null);
    var user =
        new PoolUser(
            name.username(),
            sub,
            name.attributes(),
            passwordless ? UserStatus.CONFIRMED : UserStatus.FORCE_CHANGE_PASSWORD,
            true,
            now,
            now,
            record,
            UserFactors.NONE);
    boolean force = input.bool("ForceAliasCreation", false);
    parts
        .store()
        .exclusively(
            () -> {
              requireFree(pool, name, given);
              PoolNames.requireAliasesFree(
                  parts.store(), pool, user.username(), user.attributes(), force, now);
              parts.store().add(pool.id(), user);
              return user;
            });
    if (!action.equals("SUPPRESS") && !passwordless) {
      invite(pool, user, password, input);
    }
    return Output.of(Json.object().set("User", UserJson.user(user)));
  }

  private void requireFree(UserPool pool, PoolNames.NewName name, String given) {
    PoolNames.requireFree(parts.store(), pool, name, given, "User account already exists");
  }

  /** A user without a password signs in with a code, where the pool and the address allow it. */
  private static boolean mayUseCodes(UserPool pool, Map<String, String> attributes) {
    for (JsonNode factor : pool.setting("/Policies/SignInPolicy/AllowedFirstAuthFactors")) {
      boolean email =
          factor.asText().equals("EMAIL_OTP") && "true".equals(attributes.get("email_verified"));
      boolean sms =
          factor.asText().equals("SMS_OTP")
              && "true".equals(attributes.get("phone_number_verified"));
      if (email || sms) {
        return true;
      }
    }
    return false;
  }

  private void preSignUp(UserPool pool, PoolNames.NewName name, Input input) {
    ObjectNode request = Json.object();
    TriggerCalls.putValidationData(request, PoolAttributes.read(input, "ValidationData"));
    if (input.has("ClientMetadata")) {
      request.set("clientMetadata", texts(input.textMap("ClientMetadata")));
    }
    ObjectNode response =
        Json.object()
            .put("autoConfirmUser", false)
            .put("autoVerifyEmail", false)
            .put("autoVerifyPhone", false);
    parts
        .triggers()
        .call(
            new TriggerCall(
                pool,
                "PreSignUp",
                "PreSignUp_AdminCreateUser",
                null,
                name.username(),
                name.attributes(),
                UserStatus.FORCE_CHANGE_PASSWORD,
                request,
                response));
  }

  private static ObjectNode texts(Map<String, String> texts) {
    ObjectNode json = Json.object();
    texts.forEach(json::put);
    return json;
  }

  private Output resend(UserPool pool, String given, Input input) {
    PoolUser user =
        parts.store().findUser(pool.id(), given, true).orElseThrow(CognitoErrors::noUser);
    if (user.status() != UserStatus.FORCE_CHANGE_PASSWORD) {
      throw CognitoErrors.userStatus(
          "Resend not possible. " + given + " status is not FORCE_CHANGE_PASSWORD");
    }
    String password =
        input.text("TemporaryPassword").orElseGet(() -> parts.passwords().generate(pool));
    parts.passwords().requirePolicy(pool, PoolPasswords.Wording.ADMIN_CREATE_USER, password);
    Instant now = parts.clock().now();
    PasswordRecord record =
        parts.passwords().create(pool, user.username(), password, true, user.password());
    PoolUser changed =
        parts
            .store()
            .update(
                pool.id(),
                user.username(),
                before -> before.withPassword(record, UserStatus.FORCE_CHANGE_PASSWORD, now));
    invite(pool, changed, password, input);
    return Output.of(Json.object().set("User", UserJson.user(changed)));
  }

  private void invite(UserPool pool, PoolUser user, String password, Input input) {
    List<String> wanted = input.texts("DesiredDeliveryMediums");
    boolean phone = user.attributes().containsKey(PHONE);
    boolean sms = wanted.isEmpty() ? phone : wanted.contains("SMS");
    boolean email = wanted.isEmpty() ? !phone : wanted.contains("EMAIL");
    Map<String, String> metadata = input.textMap("ClientMetadata");
    if (sms) {
      send(pool, user, PHONE, password, metadata);
    }
    if (email) {
      send(pool, user, EMAIL, password, metadata);
    }
  }

  private void send(
      UserPool pool,
      PoolUser user,
      String attribute,
      String password,
      Map<String, String> metadata) {
    String destination = user.attributes().getOrDefault(attribute, "");
    if (!destination.isEmpty()) {
      parts
          .messages()
          .send(
              new Message(
                  pool, null, user, "AdminCreateUser", attribute, destination, password, metadata));
    }
  }
}
