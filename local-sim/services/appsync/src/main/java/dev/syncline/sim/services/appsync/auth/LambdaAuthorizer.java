// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Calls a function to verify a token. Its answer is cached for the time that the API or the answer
 * sets, for the same token, operation and channel: an answer may depend on each of them.
 *
 * <p>Thread-safe. Blocks while the function runs.
 */
final class LambdaAuthorizer {
  private static final int MAX_KEPT = 10_000;
  private static final int MAX_TTL_SECONDS = 3600;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FunctionCall function;
  private final Ids ids;
  private final String account;
  private final EventsLimits limits;
  private final Map<Question, Kept> answers = BoundedMap.byAge(MAX_KEPT);

  LambdaAuthorizer(FunctionCall function, Ids ids, String account, EventsLimits limits) {
    this.limits = limits;
    this.function = function;
    this.ids = ids;
    this.account = account;
  }

  private record Question(
      String apiId, String function, String token, String operation, String channel) {}

  private record Kept(AuthDecision decision, Instant until) {}

  AuthDecision decide(
      ApiConfig api,
      AuthProvider.Lambda authorizer,
      String token,
      AuthRequest request,
      Instant now) {
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
    var question =
        new Question(
            api.apiId(),
            authorizer.authorizerUri(),
            token,
            request.operation().name(),
            Optional.ofNullable(request.channel()).orElse(""));
    synchronized (answers) {
      Kept kept = answers.get(question);
      if (kept != null && now.isBefore(kept.until())) {
        return kept.decision();
      }
    }
    FunctionCall.Answer answer =
        function.call(authorizer.authorizerUri(), event(api, token, request));
    if (answer.error() != null) {
      return Refusal.unauthorized("the authorizer failed: " + answer.error());
    }
    JsonNode said;
    try {
      said = JSON.readTree(answer.payload());
    } catch (IOException malformed) {
      return Refusal.unauthorized("the authorizer did not answer with JSON");
    }
    AuthDecision decision = decision(said);
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

  private AuthDecision decision(JsonNode said) {
    if (!said.path("isAuthorized").asBoolean(false)) {
      return Refusal.unauthorized("the authorizer answered isAuthorized: false");
    }
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    JsonNode context = said.path("handlerContext");
    int most = limits.authorizerContextBytes();
    if (JsonText.utf8Length(context.toString()) > most) {
      return Refusal.unauthorized(
          "the authorizer's handlerContext is larger than " + most + " bytes");
    }
    identity.set(
        "handlerContext", context.isObject() ? context : JsonNodeFactory.instance.objectNode());
    return new AuthDecision.Granted(AuthMode.AWS_LAMBDA, identity);
  }

  /** For connecting, the real event omits the channel's members; the guide shows null. */
  private ObjectNode event(ApiConfig api, String token, AuthRequest request) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("authorizationToken", token);
    ObjectNode context =
        event
            .putObject("requestContext")
            .put("apiId", api.apiId())
            .put("accountId", account)
            .put("requestId", ids.uuid().toString())
            .put("operation", "EVENT_" + request.operation().name());
    if (request.channel() != null || limits.behaviour().connectChannelNull()) {
      context.put("channelNamespaceName", request.namespace()).put("channel", request.channel());
    }
    ObjectNode headers = event.putObject("requestHeaders");
    request.caller().headers().forEach(headers::put);
    return event;
  }
}
