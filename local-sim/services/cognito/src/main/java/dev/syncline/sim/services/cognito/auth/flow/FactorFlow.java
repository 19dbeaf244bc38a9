// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.TotpCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthCodes;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolNames;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserMessages.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The challenges of further factors. Thread-safe. */
record FactorFlow(AuthTools tools) {
  private static final int EMAIL_DIGITS = 8;

  /** The challenge of the user's further factor; empty when none is asked for. */
  Optional<ObjectNode> challenge(AuthCall call, PoolUser user, String source) {
    List<String> own = MfaFactors.asked(call.pool(), user);
    String preferred = user.factors().preferred();
    if (own.size() > 1 && preferred != null && own.contains(preferred)) {
      return Optional.of(challenge(call, user, source, preferred));
    }
    if (own.size() > 1) {
      return Optional.of(select(call, user, source, own));
    }
    if (!own.isEmpty()) {
      return Optional.of(challenge(call, user, source, own.getFirst()));
    }
    return call.pool().mfa().equals("ON")
        ? Optional.of(setUp(call, user, source))
        : Optional.empty();
  }

  private ObjectNode select(AuthCall call, PoolUser user, String source, List<String> own) {
    ObjectNode data = Json.object().put("source", source);
    data.set("choices", Json.texts(own));
    return tools.challenge(
        call,
        user.username(),
        "SELECT_MFA_TYPE",
        data,
        withUser(user, "MFAS_CAN_CHOOSE", Json.write(Json.texts(own))));
  }

  private ObjectNode setUp(AuthCall call, PoolUser user, String source) {
    String choices = Json.write(Json.texts(MfaFactors.canSetUp(call.pool())));
    return tools.challenge(
        call,
        user.username(),
        "MFA_SETUP",
        Json.object().put("source", source),
        withUser(user, "MFAS_CAN_SETUP", choices));
  }

  private ObjectNode challenge(AuthCall call, PoolUser user, String source, String factor) {
    if (factor.equals("SOFTWARE_TOKEN_MFA")) {
      return tools.challenge(
          call,
          user.username(),
          factor,
          Json.object().put("source", source),
          Map.of("USER_ID_FOR_SRP", user.username()));
    }
    return coded(call, user, source, factor, false);
  }

  private static Map<String, String> withUser(PoolUser user, String name, String value) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put(name, value);
    parameters.put("USER_ID_FOR_SRP", user.username());
    return parameters;
  }

  /**
   * Sends a code and asks for it.
   *
   * @param factor SMS_MFA, EMAIL_OTP or SMS_OTP
   * @param first whether it is the first factor
   */
  ObjectNode coded(AuthCall call, PoolUser user, String source, String factor, boolean first) {
    String attribute = MfaFactors.attribute(factor);
    String code =
        tools.codes().number(factor.equals("EMAIL_OTP") ? EMAIL_DIGITS : AuthCodes.DIGITS);
    ObjectNode delivery =
        tools
            .messages()
            .send(
                new Message(
                    call.pool(),
                    call.client().id(),
                    user,
                    "Authentication",
                    attribute,
                    user.attributes().getOrDefault(attribute, ""),
                    code,
                    call.metadata()));
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", delivery.path("DeliveryMedium").asText());
    parameters.put("CODE_DELIVERY_DESTINATION", delivery.path("Destination").asText());
    if (!first) {
      parameters.put("USER_ID_FOR_SRP", user.username());
    }
    ObjectNode data = Json.object().put("source", source).put("code", code).put("first", first);
    return tools.challenge(call, user.username(), factor, data, parameters);
  }

  /** Refuses a code that is not the one sent for the session; the session stays. */
  void requireCode(AuthCall call, Pending pending) {
    String factor = pending.challenge();
    String given = call.need(factor + "_CODE");
    if (!AuthDigests.same(pending.data().path("code").asText(), given)) {
      boolean first = pending.data().path("first").asBoolean(false);
      throw first ? AuthErrors.otpMismatch() : AuthErrors.factorMismatch();
    }
  }

  /** Refuses a code of the software token that is wrong or used. */
  void requireToken(AuthCall call, PoolUser user) {
    String given = call.need("SOFTWARE_TOKEN_MFA_CODE");
    String secret = user.factors().totpSecret();
    if (secret == null || !user.factors().totpVerified()) {
      throw AuthErrors.noSoftwareToken();
    }
    OptionalLong step = TotpCodes.stepOf(secret, given, tools.clock().now());
    if (step.isEmpty()) {
      throw AuthErrors.factorMismatch();
    }
    if (!tools.once().use(tokenKey(call.pool().id(), user.username()), step.getAsLong())) {
      throw AuthErrors.tokenCodeUsed();
    }
  }

  static String tokenKey(String poolId, String username) {
    return "token\n" + poolId + "\n" + username;
  }

  /** Gives the user a first address for codes, and sends one. */
  ObjectNode setUpEmail(
      AuthCall call, String session, Pending pending, PoolUser user, String email) {
    if (!MfaFactors.canSetUp(call.pool()).contains("EMAIL_OTP")) {
      throw AuthErrors.invalidSession();
    }
    Map<String, String> changes = Map.of("email", email);
    PoolAttributes.requireUpdatable(call.pool(), changes);
    PoolNames.requireAddressesFree(tools.store(), call.pool(), user.username(), changes);
    tools.sessions().take(session);
    var attributes = new LinkedHashMap<>(user.attributes());
    attributes.put("email", email);
    attributes.put("email_verified", "false");
    PoolUser changed =
        tools
            .store()
            .update(
                call.pool().id(),
                user.username(),
                found -> found.withAttributes(attributes, tools.clock().now()));
    return coded(call, changed, pending.data().path("source").asText(), "EMAIL_OTP", false);
  }

  /** The user after a right code: an address that took part in a set-up is verified. */
  PoolUser enrolled(Pending pending, PoolUser user) {
    boolean unverified =
        pending.challenge().equals("EMAIL_OTP")
            && !"true".equals(user.attributes().get("email_verified"));
    if (!unverified) {
      return user;
    }
    var attributes = new LinkedHashMap<>(user.attributes());
    attributes.put("email_verified", "true");
    UserFactors own = user.factors();
    var factors =
        new UserFactors(
            own.totpSecret(),
            own.totpVerified(),
            own.totpEnabled(),
            own.smsEnabled(),
            true,
            own.preferred());
    return tools
        .store()
        .update(
            pending.poolId(),
            user.username(),
            found ->
                found
                    .withAttributes(attributes, tools.clock().now())
                    .withFactors(factors, tools.clock().now()));
  }

  /** Answers SELECT_MFA_TYPE. */
  ObjectNode selected(AuthCall call, String session, Pending pending, PoolUser user) {
    // The documentation names the factor EMAIL_MFA, and the challenge EMAIL_OTP.
    String answer = call.need("ANSWER").replace("EMAIL_MFA", "EMAIL_OTP");
    if (!pending.offers(answer)) {
      throw AuthErrors.unknownAnswer(answer);
    }
    tools.sessions().take(session);
    return challenge(call, user, pending.data().path("source").asText(), answer);
  }
}
