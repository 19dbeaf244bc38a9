// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolAttributes;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** USER_AUTH: the user chooses the first factor. Thread-safe. */
record ChoiceFlow(
    AuthTools tools,
    AuthUsers users,
    PasswordFlow passwords,
    SrpFlow srp,
    SignInSteps steps,
    FactorFlow factors) {
  private static final int CODE_DIGITS = 8;
  private static final String PASSWORD = "PASSWORD";
  private static final String PASSWORD_SRP = "PASSWORD_SRP";

  /** Signs in a user who has just confirmed the sign-up with a code. */
  ObjectNode signedUp(AuthCall call, String session) {
    String name = call.need("USERNAME");
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name));
    Pending pending = tools.sessions().find(session);
    PoolUser user = tools.user(call, pending.username());
    boolean own =
        pending.clientId().equals(call.client().id())
            && pending.challenge().equals(AuthSessions.SIGNED_UP)
            && users.find(call, name).filter(user::equals).isPresent();
    if (!own) {
      throw AuthErrors.invalidSession();
    }
    AuthUsers.requireActive(user);
    tools.triggers().preAuthentication(call, user.username(), user);
    tools.sessions().take(session);
    return steps.afterFirstFactor(call.withoutMetadata(), user, SignInSteps.PLAIN);
  }

  /** Starts USER_AUTH. */
  ObjectNode start(AuthCall call) {
    String name = call.need("USERNAME");
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name));
    Optional<PoolUser> found = users.find(call, name);
    if (found.isEmpty()) {
      tools.triggers().preAuthentication(call, name, null);
      return simulated(call, name);
    }
    PoolUser user = found.get();
    AuthUsers.requireActive(user);
    tools.triggers().preAuthentication(call, user.username(), user);
    List<String> available = available(call.pool(), user);
    String preferred = call.find("PREFERRED_CHALLENGE").orElse("");
    return available.contains(preferred)
        ? begin(call.withoutMetadata(), user, preferred)
        : select(call, user.username(), available, false);
  }

  private ObjectNode select(
      AuthCall call, String username, List<String> available, boolean hidden) {
    ObjectNode data = Json.object().put("hidden", hidden);
    data.set("choices", Json.texts(available));
    ObjectNode answer = tools.challenge(call, username, "SELECT_CHALLENGE", data, Map.of());
    answer.set("AvailableChallenges", Json.texts(available));
    return answer;
  }

  /** The first factors that a user can choose, as AWS orders them. */
  static List<String> available(UserPool pool, PoolUser user) {
    List<String> names = allowed(pool);
    boolean password = names.contains(PASSWORD) && user.password() != null;
    var available = new ArrayList<String>();
    // A user who must change the password has no other way to sign in.
    if (user.status() != UserStatus.FORCE_CHANGE_PASSWORD) {
      if (names.contains("EMAIL_OTP") && verified(user, "email")) {
        available.add("EMAIL_OTP");
      }
      if (names.contains("SMS_OTP") && verified(user, "phone_number")) {
        available.add("SMS_OTP");
      }
    }
    if (password) {
      available.add(PASSWORD_SRP);
      available.add(PASSWORD);
    }
    return available;
  }

  private static List<String> allowed(UserPool pool) {
    var names = new ArrayList<String>();
    pool.setting("/Policies/SignInPolicy/AllowedFirstAuthFactors")
        .forEach(factor -> names.add(factor.asText()));
    return names.isEmpty() ? List.of(PASSWORD) : names;
  }

  private static boolean verified(PoolUser user, String attribute) {
    return user.attributes().containsKey(attribute)
        && "true".equals(user.attributes().get(attribute + "_verified"));
  }

  private ObjectNode begin(AuthCall call, PoolUser user, String factor) {
    return switch (factor) {
      case PASSWORD -> {
        String password = call.need(PASSWORD);
        tools.lockout().requireFree(call.pool().id(), user.username());
        passwords.requirePassword(call, user, password);
        yield steps.afterPassword(call, user);
      }
      case PASSWORD_SRP -> {
        Map<String, String> parameters = srp.challenge(call, user.username(), user, "USER_AUTH");
        yield tools.challenge(
            call, user.username(), "PASSWORD_VERIFIER", Json.object(), parameters);
      }
      default -> code(call, user, factor);
    };
  }

  private ObjectNode code(AuthCall call, PoolUser user, String factor) {
    return factors.coded(call, user, SignInSteps.PLAIN, factor, true);
  }

  /** Answers SELECT_CHALLENGE. */
  ObjectNode selected(AuthCall call, String session, Pending pending, PoolUser user) {
    String answer = chosen(call, pending);
    tools.sessions().take(session);
    return begin(call, user, answer);
  }

  private static String chosen(AuthCall call, Pending pending) {
    String answer = call.need("ANSWER");
    if (!pending.offers(answer)) {
      throw AuthErrors.unknownAnswer(answer);
    }
    if (answer.equals(PASSWORD)) {
      call.need(PASSWORD);
    }
    if (answer.equals(PASSWORD_SRP)) {
      call.need("SRP_A");
    }
    return answer;
  }

  /**
   * What a user that does not exist gets: a code that is never sent, or a password that is never
   * right where the pool allows no codes.
   */
  private ObjectNode simulated(AuthCall call, String name) {
    List<String> allowed = allowed(call.pool());
    if (!allowed.contains("EMAIL_OTP") && !allowed.contains("SMS_OTP")) {
      String preferred = call.find("PREFERRED_CHALLENGE").orElse("");
      return preferred.equals(PASSWORD) || preferred.equals(PASSWORD_SRP)
          ? simulated(call, name, preferred)
          : select(call, name, List.of(PASSWORD_SRP, PASSWORD), true);
    }
    boolean phone = PoolAttributes.isPhone(name);
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", phone ? "SMS" : "EMAIL");
    parameters.put("CODE_DELIVERY_DESTINATION", MaskedNames.masked(name));
    ObjectNode data =
        Json.object()
            .put("code", tools.codes().number(CODE_DIGITS))
            .put("hidden", true)
            .put("first", true);
    return tools.challenge(call, name, phone ? "SMS_OTP" : "EMAIL_OTP", data, parameters);
  }

  private ObjectNode simulated(AuthCall call, String name, String factor) {
    if (factor.equals(PASSWORD)) {
      String password = call.need(PASSWORD);
      tools.lockout().requireFree(call.pool().id(), name);
      passwords.refuse(call, name, password);
    }
    Map<String, String> parameters = srp.challenge(call, name, null, "USER_AUTH");
    ObjectNode data = Json.object().put("hidden", true);
    return tools.challenge(call, name, "PASSWORD_VERIFIER", data, parameters);
  }

  /** Answers SELECT_CHALLENGE of a user that does not exist. */
  ObjectNode selectedHidden(AuthCall call, String session, Pending pending) {
    String answer = chosen(call, pending);
    tools.sessions().take(session);
    return simulated(call, pending.username(), answer);
  }

  /** Whether a challenge belongs to a user that does not exist. */
  static boolean hidden(@Nullable Pending pending) {
    return pending != null && pending.data().path("hidden").asBoolean(false);
  }
}
