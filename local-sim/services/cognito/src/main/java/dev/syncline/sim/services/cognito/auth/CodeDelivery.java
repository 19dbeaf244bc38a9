// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.flow.MaskedNames;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.Purpose;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes.SentCode;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserMessages;
import dev.syncline.sim.services.cognito.pool.UserMessages.Message;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Issues codes and sends them. Thread-safe. */
record CodeDelivery(AuthCodes codes, UserMessages messages) {
  /** The telephone comes first: a user with both addresses gets one code. */
  private static final List<String> ADDRESSES = List.of("phone_number", "email");

  /** The attribute whose code confirms a sign-up; empty when the pool verifies none of them. */
  static Optional<String> confirming(UserPool pool, PoolUser user) {
    return ADDRESSES.stream()
        .filter(pool.autoVerifiedAttributes()::contains)
        .filter(user.attributes()::containsKey)
        .findFirst();
  }

  /** Sends the code of a sign-up. */
  ObjectNode sendSignUpCode(
      UserPool pool,
      String clientId,
      PoolUser user,
      String kind,
      String attribute,
      Map<String, String> metadata) {
    String address = user.attributes().getOrDefault(attribute, "");
    SentCode code = codes.issue(pool.id(), user.username(), Purpose.SIGN_UP, attribute, address);
    return send(pool, clientId, user, kind, code, metadata);
  }

  /** Sends the code that verifies an address. */
  ObjectNode sendAttributeCode(
      UserPool pool,
      @Nullable String clientId,
      PoolUser user,
      String kind,
      String attribute,
      String address,
      Map<String, String> metadata) {
    SentCode code =
        codes.issue(pool.id(), user.username(), Purpose.ofAttribute(attribute), attribute, address);
    return send(pool, clientId, user, kind, code, metadata);
  }

  /** Sends the code of a reset password to the first verified address of the pool's setting. */
  ObjectNode sendResetCode(
      UserPool pool, @Nullable String clientId, PoolUser user, Map<String, String> metadata) {
    String attribute = recovery(pool, user).orElseThrow(AuthErrors::noRecoveryAddress);
    String address = user.attributes().getOrDefault(attribute, "");
    SentCode code = codes.issue(pool.id(), user.username(), Purpose.PASSWORD, attribute, address);
    return send(pool, clientId, user, "ForgotPassword", code, metadata);
  }

  /** Whether the pool's setting has a verified address of the user. */
  static boolean recovers(UserPool pool, PoolUser user) {
    return recovery(pool, user).isPresent();
  }

  private static Optional<String> recovery(UserPool pool, PoolUser user) {
    var mechanisms = new TreeMap<Integer, String>();
    for (JsonNode mechanism : pool.setting("/AccountRecoverySetting/RecoveryMechanisms")) {
      mechanisms.put(mechanism.path("Priority").asInt(), mechanism.path("Name").asText());
    }
    if (mechanisms.isEmpty()) {
      mechanisms.put(1, "verified_phone_number");
      mechanisms.put(2, "verified_email");
    }
    if (mechanisms.containsValue("admin_only")) {
      throw CognitoErrors.notAuthorized("Contact administrator to reset password.");
    }
    for (String mechanism : mechanisms.values()) {
      String attribute = mechanism.equals("verified_email") ? "email" : "phone_number";
      if (user.attributes().containsKey(attribute)
          && "true".equals(user.attributes().get(attribute + "_verified"))) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  private ObjectNode send(
      UserPool pool,
      @Nullable String clientId,
      PoolUser user,
      String kind,
      SentCode code,
      Map<String, String> metadata) {
    return messages.send(
        new Message(
            pool, clientId, user, kind, code.attribute(), code.address(), code.code(), metadata));
  }

  /** CodeDeliveryDetails for a user that does not exist; nothing is sent. */
  static ObjectNode simulated(String name) {
    boolean phone = PoolAttributes.isPhone(name);
    return Json.object()
        .put("AttributeName", phone ? "phone_number" : "email")
        .put("DeliveryMedium", phone ? "SMS" : "EMAIL")
        .put("Destination", MaskedNames.masked(name));
  }
}
