// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.TriggerCalls.TriggerCall;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of sign-up and sign-in with their requests. Source: the developer guide's events.
 * Thread-safe.
 */
public record AuthTriggers(TriggerCalls calls) {
  /** A user's attributes as triggers get them. */
  public static Map<String, String> attributes(PoolUser user) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("sub", user.sub());
    attributes.putAll(user.attributes());
    return attributes;
  }

  /** Whether the pool has the trigger. */
  static boolean has(UserPool pool, String trigger) {
    return !pool.setting("/LambdaConfig/" + trigger).asText().isEmpty();
  }

  /** PreSignUp of a sign-up. */
  public Optional<ObjectNode> preSignUp(
      UserPool pool,
      AppClient client,
      String username,
      Map<String, String> attributes,
      Map<String, String> validationData,
      Map<String, String> metadata) {
    ObjectNode request = Json.object();
    TriggerCalls.putValidationData(request, validationData);
    put(request, "clientMetadata", metadata);
    ObjectNode response =
        Json.object()
            .put("autoConfirmUser", false)
            .put("autoVerifyEmail", false)
            .put("autoVerifyPhone", false);
    return calls.call(
        new TriggerCall(
            pool,
            "PreSignUp",
            "PreSignUp_SignUp",
            client.id(),
            username,
            attributes,
            null,
            request,
            response));
  }

  /**
   * PostConfirmation.
   *
   * @param source its part after the underscore
   */
  public void postConfirmation(
      UserPool pool,
      @Nullable String clientId,
      PoolUser user,
      String source,
      Map<String, String> metadata) {
    ObjectNode request = Json.object();
    put(request, "clientMetadata", metadata);
    ofUser(pool, clientId, user, "PostConfirmation", source, request, Json.object());
  }

  /** PreAuthentication; {@code user} is null for a user that does not exist. */
  void preAuthentication(AuthCall call, String name, @Nullable PoolUser user) {
    ObjectNode request = Json.object();
    TriggerCalls.putValidationData(request, call.metadata());
    if (call.client().hidesUsers()) {
      request.put("userNotFound", user == null);
    }
    signIn(call, name, user, "PreAuthentication", request, Json.object());
  }

  /** PostAuthentication. */
  void postAuthentication(AuthCall call, PoolUser user, boolean newDevice) {
    ObjectNode request = Json.object().put("newDeviceUsed", newDevice);
    put(request, "clientMetadata", call.metadata());
    signIn(call, user.username(), user, "PostAuthentication", request, Json.object());
  }

  /** A trigger of a custom challenge: {@code DefineAuthChallenge} and its two companions. */
  Optional<ObjectNode> custom(
      AuthCall call,
      String name,
      @Nullable PoolUser user,
      String trigger,
      ObjectNode request,
      ObjectNode response) {
    put(request, "clientMetadata", call.metadata());
    if (call.client().hidesUsers()) {
      request.put("userNotFound", user == null);
    }
    return signIn(call, name, user, trigger, request, response);
  }

  /**
   * UserMigration.
   *
   * @param password null when a password is to be reset
   */
  Optional<ObjectNode> userMigration(
      UserPool pool,
      AppClient client,
      String name,
      @Nullable String password,
      Map<String, String> metadata) {
    ObjectNode request = Json.object();
    Json.putIfPresent(request, "password", password);
    TriggerCalls.putValidationData(request, metadata);
    ObjectNode response = Json.object();
    for (String member :
        new String[] {
          "userAttributes",
          "forceAliasCreation",
          "finalUserStatus",
          "messageAction",
          "desiredDeliveryMediums"
        }) {
      response.putNull(member);
    }
    return calls.call(
        new TriggerCall(
            pool,
            "UserMigration",
            password == null ? "UserMigration_ForgotPassword" : "UserMigration_Authentication",
            client.id(),
            name,
            Map.of(),
            null,
            request,
            response));
  }

  private Optional<ObjectNode> signIn(
      AuthCall call,
      String name,
      @Nullable PoolUser user,
      String trigger,
      ObjectNode request,
      ObjectNode response) {
    if (user != null) {
      return ofUser(
          call.pool(), call.client().id(), user, trigger, "Authentication", request, response);
    }
    return calls.call(
        new TriggerCall(
            call.pool(),
            trigger,
            trigger + "_Authentication",
            call.client().id(),
            name,
            Map.of(),
            null,
            request,
            response));
  }

  private Optional<ObjectNode> ofUser(
      UserPool pool,
      @Nullable String clientId,
      PoolUser user,
      String trigger,
      String source,
      ObjectNode request,
      ObjectNode response) {
    return calls.call(
        new TriggerCall(
            pool,
            trigger,
            trigger + "_" + source,
            clientId,
            user.username(),
            attributes(user),
            user.status(),
            request,
            response));
  }

  private static ObjectNode texts(Map<String, String> values) {
    ObjectNode json = Json.object();
    values.forEach(json::put);
    return json;
  }

  private static void put(ObjectNode request, String member, Map<String, String> values) {
    if (!values.isEmpty()) {
      request.set(member, texts(values));
    }
  }
}
