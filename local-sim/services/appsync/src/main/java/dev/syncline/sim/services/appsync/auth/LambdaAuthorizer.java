// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * Calls a function to verify a token. Its answer is cached for the time that the API or the answer
 * sets, for the same question. Thread-safe. Blocks while the function runs.
 */
final class LambdaAuthorizer {
  private static final int MAX_KEPT = 10_000;
  private static final int MAX_TTL_SECONDS = 3600;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FunctionCall function;
  private final Map<Question, Kept> answers = BoundedMap.byAge(MAX_KEPT);

  LambdaAuthorizer(FunctionCall function) {
    this.function = function;
  }

  /** What a kind of API asks an authorizer, and how it reads the answer. */
  interface Form {
    /** What the answer may depend on beside function and token: questions with it share answers. */
    String scope();

    /** The event of the function. */
    ObjectNode event();

    /** The decision for an answer with {@code isAuthorized: true}. */
    AuthDecision granted(JsonNode answer);
  }

  private record Question(String function, String token, String scope) {}

  private record Kept(AuthDecision decision, Instant until) {}

  AuthDecision decide(AuthProvider.Lambda authorizer, String token, Form form, Instant now) {
    String expression = authorizer.identityValidationExpression();
    try {
      if (expression != null && !BoundedPattern.of(expression).find(token)) {
        return Refusal.unauthorized("the token does not match the identityValidationExpression");
      }
    } catch (PatternTooCostlyException tooCostly) {
      return Refusal.unauthorized(
          "the token cannot be checked by the identityValidationExpression: "
              + tooCostly.getMessage());
    }
    var question = new Question(authorizer.authorizerUri(), token, form.scope());
    synchronized (answers) {
      Kept kept = answers.get(question);
      if (kept != null && now.isBefore(kept.until())) {
        return kept.decision();
      }
    }
    ObjectNode event = form.event();
    FunctionCall.Answer answer =
        function.call(
            authorizer.authorizerUri(),
            event,
            function.appSync(event.at("/requestContext/apiId").asText()));
    if (answer.error() != null) {
      return Refusal.unauthorized("the authorizer failed: " + answer.error());
    }
    JsonNode said;
    try {
      said = JSON.readTree(answer.payload());
    } catch (IOException malformed) {
      return Refusal.unauthorized("the authorizer did not answer with JSON");
    }
    AuthDecision decision =
        said.path("isAuthorized").asBoolean(false)
            ? form.granted(said)
            : Refusal.unauthorized("the authorizer answered isAuthorized: false");
    long seconds =
        said.path("ttlOverride").isIntegralNumber()
            ? Math.clamp(said.path("ttlOverride").longValue(), 0, MAX_TTL_SECONDS)
            : authorizer.resultTtl().toSeconds();
    if (seconds > 0) {
      synchronized (answers) {
        answers.put(question, new Kept(decision, now.plusSeconds(seconds)));
      }
    }
    return decision;
  }
}
