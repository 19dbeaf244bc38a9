// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

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
import dev.syncline.sim.services.cognito.pool.TriggerCalls.TriggerCall;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The operations of administrators on one user. Thread-safe. */
record PoolUserOperations(CognitoParts parts) {
  private static final String PHONE = "phone_number";
  private static final String EMAIL = "email";

  private static final String USER = ": UserPoolId, Username";

  /** A user with its pool. */
  private record Target(UserPool pool, PoolUser user) {}

  List<Operation> operations() {
    return List.of(
        new UserCreation(parts).operation(),
        Operation.of(
            "AdminGetUser" + USER,
            (input, context) -> Output.of(UserJson.described(target(input).user))),
        Operation.of("AdminDeleteUser" + USER, this::delete),
        Operation.of(
            "AdminEnableUser" + USER,
            (input, context) -> change(input, user -> user.withEnabled(true, now()))),
        Operation.of(
            "AdminDisableUser" + USER,
            (input, context) -> change(input, user -> user.withEnabled(false, now()))),
        Operation.of("AdminConfirmSignUp" + USER + ", ClientMetadata", this::confirm),
        Operation.of(
            "AdminUpdateUserAttributes" + USER + ", UserAttributes, ClientMetadata",
            this::updateAttributes),
        Operation.of(
            "AdminDeleteUserAttributes" + USER + ", UserAttributeNames", this::deleteAttributes),
        Operation.of("AdminSetUserPassword" + USER + ", Password, Permanent", this::setPassword),
        Operation.of("AdminResetUserPassword" + USER + ", ClientMetadata", this::resetPassword));
  }

  private Instant now() {
    return parts.clock().now();
  }

  private Target target(Input input) {
    UserPool pool = parts.store().pool(input.requiredText("UserPoolId"));
    return new Target(
        pool,
        parts
            .store()
            .findUser(pool.id(), input.requiredText("Username"), true)
            .orElseThrow(CognitoErrors::noUser));
  }

  private Output change(Input input, UnaryOperator<PoolUser> change) {
    Target target = target(input);
    parts.store().update(target.pool.id(), target.user.username(), change);
    return Output.empty();
  }

  private Output delete(Input input, CallContext context) {
    Target target = target(input);
    parts.store().removeUser(target.pool.id(), target.user.username());
    parts.codes().forget(target.pool.id(), target.user.username());
    parts.items().removeLinks(target.pool.id(), target.user.username());
    return Output.empty();
  }

  private Output confirm(Input input, CallContext context) {
    Target target = target(input);
    PoolUser user = target.user;
    if (user.status() != UserStatus.UNCONFIRMED) {
      throw CognitoErrors.notAuthorized(
          "User cannot be confirmed. Current status is " + user.status());
    }
    PoolUser confirmed =
        parts
            .store()
            .update(
                target.pool.id(),
                user.username(),
                before -> before.withStatus(UserStatus.CONFIRMED, now()));
    var request = Json.object();
    if (input.has("ClientMetadata")) {
      input.textMap("ClientMetadata").forEach(request.putObject("clientMetadata")::put);
    }
    parts
        .triggers()
        .call(
            new TriggerCall(
                target.pool,
                "PostConfirmation",
                "PostConfirmation_ConfirmSignUp",
                null,
                confirmed.username(),
                withSub(confirmed),
                confirmed.status(),
                request,
                Json.object()));
    return Output.empty();
  }

  private static Map<String, String> withSub(PoolUser user) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("sub", user.sub());
    attributes.putAll(user.attributes());
    return attributes;
  }

  private Output updateAttributes(Input input, CallContext context) {
    Target target = target(input);
    UserPool pool = target.pool;
    Map<String, String> changes = PoolAttributes.read(input, "UserAttributes");
    PoolAttributes.requireUpdatable(pool, changes);
    PoolNames.requireNoAddress(pool, changes.getOrDefault("preferred_username", ""));
    String username = target.user.username();
    Map<String, String> metadata = input.textMap("ClientMetadata");
    var unverified = new LinkedHashMap<String, String>();
    for (String attribute : List.of(EMAIL, PHONE)) {
      String address = changes.getOrDefault(attribute, "");
      boolean changed =
          changes.containsKey(attribute)
              && !address.equals(target.user.attributes().getOrDefault(attribute, ""));
      if (changed && !changes.containsKey(attribute + "_verified")) {
        changes.put(attribute + "_verified", address.isEmpty() ? "" : "false");
        if (!address.isEmpty() && pool.autoVerifiedAttributes().contains(attribute)) {
          unverified.put(attribute, address);
        }
      }
    }
    PoolUser changed =
        parts
            .store()
            .exclusively(
                () -> {
                  PoolNames.requireAddressesFree(parts.store(), pool, username, changes);
                  PoolNames.requireAliasesFree(
                      parts.store(),
                      pool,
                      username,
                      PoolAttributes.changed(target.user.attributes(), changes),
                      false,
                      now());
                  return parts
                      .store()
                      .update(
                          pool.id(),
                          username,
                          user ->
                              user.withAttributes(
                                  PoolAttributes.changed(user.attributes(), changes), now()));
                });
    unverified.forEach(
        (attribute, address) ->
            parts.codes().sendAttributeCode(pool, changed, attribute, address, metadata));
    return Output.empty();
  }

  private Output deleteAttributes(Input input, CallContext context) {
    Target target = target(input);
    List<String> names = input.texts("UserAttributeNames");
    PoolAttributes.requireDeletable(target.pool, names);
    return change(
        input,
        user -> {
          var kept = new LinkedHashMap<>(user.attributes());
          for (String name : names) {
            kept.remove(name);
            if (name.equals(EMAIL) || name.equals(PHONE)) {
              kept.remove(name + "_verified");
            }
          }
          return user.withAttributes(kept, now());
        });
  }

  private Output setPassword(Input input, CallContext context) {
    Target target = target(input);
    String password = input.requiredText("Password");
    boolean permanent = input.bool("Permanent", false);
    PoolUser user = target.user;
    if (user.status() == UserStatus.EXTERNAL_PROVIDER) {
      throw CognitoErrors.invalidParameter("User is not a native user.");
    }
    parts.passwords().requirePolicy(target.pool, PoolPasswords.Wording.OTHER, password);
    if (permanent) {
      parts.passwords().requireUnused(target.pool, user.username(), password, user.password());
    }
    PasswordRecord record =
        parts
            .passwords()
            .create(target.pool, user.username(), password, !permanent, user.password());
    UserStatus status = permanent ? UserStatus.CONFIRMED : UserStatus.FORCE_CHANGE_PASSWORD;
    return change(input, before -> before.withPassword(record, status, now()));
  }

  private Output resetPassword(Input input, CallContext context) {
    Target target = target(input);
    PoolUser user = target.user;
    if (!user.enabled()) {
      throw CognitoErrors.notAuthorized("User is disabled.");
    }
    if (user.status() == UserStatus.FORCE_CHANGE_PASSWORD
        || user.status() == UserStatus.EXTERNAL_PROVIDER) {
      throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
    }
    parts.codes().sendPasswordCode(target.pool, user, input.textMap("ClientMetadata"));
    return change(input, before -> before.withStatus(UserStatus.RESET_REQUIRED, now()));
  }
}
