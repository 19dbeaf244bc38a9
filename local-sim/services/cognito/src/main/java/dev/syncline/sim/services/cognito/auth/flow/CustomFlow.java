// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.auth.state.AuthSessions.Pending;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flow whose challenges three triggers define. Thread-safe. */
record CustomFlow(AuthTools tools, AuthUsers users, SrpFlow srp, SignInSteps steps) {
  private static final String DEFINE = "DefineAuthChallenge";
  private static final String CREATE = "CreateAuthChallenge";
  private static final String VERIFY = "VerifyAuthChallengeResponse";
  private static final String SRP = "PASSWORD_VERIFIER";
  private static final String CHALLENGE = "CUSTOM_CHALLENGE";

  /** The most rounds of one sign-in. */
  private static final int MAX_ROUNDS = 50;

  /** Starts CUSTOM_AUTH. */
  ObjectNode start(AuthCall call) {
    String name = call.need("USERNAME");
    boolean withSrp = call.find("CHALLENGE_NAME").filter("SRP_A"::equals).isPresent();
    if (withSrp) {
      call.need("SRP_A");
    }
    SecretHashes.require(call.client(), call.find("SECRET_HASH"), List.of(name));
    if (!AuthTriggers.has(call.pool(), DEFINE)) {
      throw AuthErrors.noCustomTrigger();
    }
    PoolUser user = users.find(call, name).orElse(null);
    if (user != null) {
      AuthUsers.requireActive(user);
    }
    tools.triggers().preAuthentication(call, name, user);
    ArrayNode history = Json.array();
    if (withSrp) {
      history.add(result("SRP_A", true, null));
    }
    return next(call.withoutMetadata(), name, user, history);
  }

  private static ObjectNode result(String name, boolean right, @Nullable JsonNode metadata) {
    ObjectNode result = Json.object().put("challengeName", name).put("challengeResult", right);
    if (metadata != null && !metadata.isNull() && !metadata.isMissingNode()) {
      result.set("challengeMetadata", metadata);
    }
    return result;
  }

  private ObjectNode next(AuthCall call, String name, @Nullable PoolUser user, ArrayNode history) {
    ObjectNode request = Json.object();
    request.set("session", history);
    ObjectNode blank = Json.object();
    blank.putNull("challengeName").putNull("issueTokens").putNull("failAuthentication");
    ObjectNode decision = ask(call, name, user, DEFINE, request, blank);
    if (decision.path("failAuthentication").asBoolean(false)) {
      throw AuthErrors.wrongPassword();
    }
    if (decision.path("issueTokens").asBoolean(false)) {
      if (user == null) {
        throw AuthErrors.wrongPassword();
      }
      return steps.finish(call, user, SignInSteps.PLAIN, null);
    }
    if (history.size() >= MAX_ROUNDS) {
      throw AuthErrors.triggerAnswer("The trigger asks for more than " + MAX_ROUNDS + " rounds.");
    }
    String challenge = decision.path("challengeName").asText("");
    return switch (challenge) {
      case CHALLENGE -> create(call, name, user, history);
      case SRP -> password(call, name, user, history);
      default ->
          throw AuthErrors.triggerAnswer(
              "The simulator does not support the challenge '"
                  + challenge
                  + "' of DefineAuthChallenge.");
    };
  }

  private ObjectNode ask(
      AuthCall call,
      String name,
      @Nullable PoolUser user,
      String trigger,
      ObjectNode request,
      ObjectNode blank) {
    return tools
        .triggers()
        .custom(call, name, user, trigger, request, blank)
        .orElseThrow(AuthErrors::noCustomTrigger);
  }

  private ObjectNode password(
      AuthCall call, String name, @Nullable PoolUser user, ArrayNode history) {
    Map<String, String> parameters = srp.challenge(call, name, user, "CUSTOM_AUTH");
    ObjectNode data = Json.object();
    data.set("history", history);
    String username = user == null ? name : user.username();
    return tools.challenge(call, username, SRP, data, parameters);
  }

  private ObjectNode create(
      AuthCall call, String name, @Nullable PoolUser user, ArrayNode history) {
    ObjectNode request = Json.object().put("challengeName", CHALLENGE);
    request.set("session", history);
    ObjectNode blank = Json.object();
    blank
        .putNull("publicChallengeParameters")
        .putNull("privateChallengeParameters")
        .putNull("challengeMetadata");
    ObjectNode created = ask(call, name, user, CREATE, request, blank);
    String username = user == null ? name : user.username();
    var parameters = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> given :
        created.path("publicChallengeParameters").properties()) {
      parameters.put(given.getKey(), given.getValue().asText());
    }
    parameters.put("USERNAME", username);
    ObjectNode data = Json.object().put("hidden", user == null);
    data.set("history", history);
    data.set("private", created.path("privateChallengeParameters"));
    data.set("metadata", created.path("challengeMetadata"));
    return tools.challenge(call, username, CHALLENGE, data, parameters);
  }

  /** Answers CUSTOM_CHALLENGE. */
  ObjectNode answered(AuthCall call, String session, Pending pending) {
    String answer = call.need("ANSWER");
    PoolUser user = user(call, pending);
    tools.sessions().take(session);
    ObjectNode request = Json.object();
    request.set("privateChallengeParameters", pending.data().path("private"));
    request.put("challengeAnswer", answer);
    ObjectNode blank = Json.object();
    blank.putNull("answerCorrect");
    boolean right =
        ask(call, pending.username(), user, VERIFY, request, blank)
            .path("answerCorrect")
            .asBoolean(false);
    return continued(
        call, pending, user, result(CHALLENGE, right, pending.data().path("metadata")));
  }

  /** Continues after the proof of PASSWORD_VERIFIER. */
  ObjectNode proved(AuthCall call, Pending pending, PoolUser user) {
    return continued(call, pending, user, result(SRP, true, null));
  }

  private ObjectNode continued(
      AuthCall call, Pending pending, @Nullable PoolUser user, ObjectNode result) {
    ArrayNode history = pending.data().path("history").deepCopy();
    history.add(result);
    return next(call, pending.username(), user, history);
  }

  private @Nullable PoolUser user(AuthCall call, Pending pending) {
    if (pending.data().path("hidden").asBoolean(false)) {
      return null;
    }
    PoolUser user = tools.user(call, pending.username());
    AuthUsers.requireActive(user);
    return user;
  }
}
