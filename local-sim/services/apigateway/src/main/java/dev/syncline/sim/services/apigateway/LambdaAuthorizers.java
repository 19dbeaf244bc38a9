// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.TimedCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Lambda authorizers of types TOKEN and REQUEST, and the cache of their results. Passes requests to
 * authorizers of user pools. Thread-safe.
 */
final class LambdaAuthorizers {
  /** How long a result is kept unless the authorizer says otherwise, in seconds. */
  static final int DEFAULT_TTL_SECONDS = 300;

  private static final Duration LIMIT = Duration.ofSeconds(29);
  private static final int MAX_CACHED = 10_000;

  private record Kept(AuthorizerResult result, Instant until) {}

  private final SimClock clock;
  private final IntegrationFunctions functions;
  private final PoolAuthorizer pools;

  /** By stage, authorizer and identity. Guarded by itself. */
  private final Map<String, Kept> cache = BoundedMap.byUse(MAX_CACHED);

  LambdaAuthorizers(SimClock clock, IntegrationFunctions functions, PoolAuthorizer pools) {
    this.clock = clock;
    this.functions = functions;
    this.pools = pools;
  }

  /** Authorizers of user pools. */
  PoolAuthorizer pools() {
    return pools;
  }

  /** Lets a request in, or refuses it. Does nothing for a method without an authorizer. */
  void authorize(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    JsonNode authorizer = match.method().authorizer();
    if (authorizer == null) {
      return;
    }
    if (PoolAuthorizer.is(authorizer)) {
      exchange.facts().authorizedByPool(pools.claims(exchange, match, authorizer));
      return;
    }
    String methodArn = methodArn(exchange);
    Instant called = clock.now();
    AuthorizerResult result = result(exchange, match, authorizer, methodArn);
    switch (result.policy().decide(methodArn)) {
      case ALLOWED -> {
        var values = new LinkedHashMap<>(result.values());
        values.put(
            "integrationLatency", Long.toString(Duration.between(called, clock.now()).toMillis()));
        exchange.facts().authorized(values);
      }
      case NOT_ALLOWED -> throw denied("");
      case DENIED -> throw denied(" with an explicit deny");
    }
  }

  private static GatewayRejection denied(String how) {
    String text = "User is not authorized to access this resource" + how;
    return new GatewayRejection(GatewayResponseType.ACCESS_DENIED, 403, text, text);
  }

  /** The result for a request, from the cache or the function; null values are not kept. */
  AuthorizerResult result(
      Exchange exchange, RouteNode.Match match, JsonNode authorizer, String methodArn)
      throws GatewayRejection {
    int ttl = authorizer.path("authorizerResultTtlInSeconds").asInt(DEFAULT_TTL_SECONDS);
    boolean token = authorizer.path("type").asText().equals("TOKEN");
    List<String> identity = identity(exchange, match, authorizer, token);
    String key =
        stageKey(exchange.apiId(), exchange.stage().name())
            + authorizer.path("id").asText()
            + "\n"
            + String.join("\n", identity);
    if (ttl > 0 && !identity.isEmpty()) {
      synchronized (cache) {
        Kept kept = cache.get(key);
        if (kept != null && clock.now().isBefore(kept.until())) {
          return kept.result();
        }
      }
    }
    ObjectNode event =
        token
            ? Json.object()
                .put("type", "TOKEN")
                .put("methodArn", methodArn)
                .put("authorizationToken", identity.getFirst())
            : ProxyEvent.forAuthorizer(exchange, match, methodArn);
    AuthorizerResult result = invoked(exchange, authorizer, event);
    if (ttl > 0 && !identity.isEmpty()) {
      synchronized (cache) {
        cache.put(key, new Kept(result, clock.now().plusSeconds(ttl)));
      }
    }
    return result;
  }

  /** Forgets the results for a stage. */
  void flush(String apiId, String stage) {
    synchronized (cache) {
      cache.keySet().removeIf(key -> key.startsWith(stageKey(apiId, stage)));
    }
  }

  private static String stageKey(String apiId, String stage) {
    return apiId + "/" + stage + "\n";
  }

  /** The values of the identity sources; a request that lacks one is unauthorized. */
  private static List<String> identity(
      Exchange exchange, RouteNode.Match match, JsonNode authorizer, boolean token)
      throws GatewayRejection {
    var scope = new IdentitySources(exchange, match);
    var identity = new ArrayList<String>();
    for (String source : authorizer.path("identitySource").asText().split(",", -1)) {
      if (source.isBlank()) {
        continue;
      }
      String value = scope.value(source.strip());
      if (value.isEmpty()) {
        throw unauthorized("the request has no " + source.strip());
      }
      identity.add(value);
    }
    String expression = authorizer.path("identityValidationExpression").asText("");
    if (token && !expression.isEmpty() && !matches(expression, identity.getFirst())) {
      throw unauthorized("the token does not match the identity validation expression");
    }
    return identity;
  }

  private static boolean matches(String expression, String value) throws GatewayRejection {
    try {
      return BoundedPattern.of(expression).matches(value);
    } catch (PatternSyntaxException | PatternTooCostlyException failed) {
      throw new GatewayRejection(
          GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
          "The identity validation expression failed: " + failed.getMessage());
    }
  }

  private AuthorizerResult invoked(Exchange exchange, JsonNode authorizer, ObjectNode event)
      throws GatewayRejection {
    String function =
        FunctionUri.fill(
            FunctionUri.parse(authorizer.path("authorizerUri").asText()),
            exchange.stage().variables());
    TimedCall.Ending<Output> ending;
    try {
      ending =
          functions
              .call(
                  exchange,
                  function,
                  authorizer.path("authorizerCredentials").asText(""),
                  "authorizers/" + authorizer.path("id").asText(),
                  event.toString().getBytes(StandardCharsets.UTF_8),
                  "RequestResponse",
                  LIMIT)
              .ending();
    } catch (GatewayRejection refused) {
      throw new GatewayRejection(
          GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR, refused.reason());
    }
    return switch (ending) {
      case TimedCall.Ending.Answered<Output> answered -> read(answered.value());
      case TimedCall.Ending.Broke<Output> broke -> throw TimedCall.unchecked(broke.defect());
      case TimedCall.Ending.Failed<Output> failed ->
          throw new GatewayRejection(
              GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR, failed.error().text());
      case TimedCall.Ending.TimedOut<Output> timedOut -> throw failure("it did not answer in time");
      case TimedCall.Ending.Unreachable<Output> unreachable ->
          throw failure(String.valueOf(unreachable.reason().getMessage()));
    };
  }

  private static AuthorizerResult read(Output output) throws GatewayRejection {
    byte[] raw = output.raw();
    byte[] payload = raw == null ? new byte[0] : raw;
    if (output.headers().containsKey("X-Amz-Function-Error")) {
      String text = new String(payload, StandardCharsets.UTF_8);
      if (text.contains("\"errorMessage\":\"Unauthorized\"")) {
        throw unauthorized("the function's error is Unauthorized");
      }
      throw failure("its function failed");
    }
    try {
      return AuthorizerResult.read(payload);
    } catch (AuthorizerPolicy.MalformedException malformed) {
      throw new GatewayRejection(
          GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
          "Execution failed due to configuration error: Invalid JSON in response: "
              + malformed.getMessage());
    }
  }

  private static GatewayRejection failure(String reason) {
    return new GatewayRejection(
        GatewayResponseType.AUTHORIZER_FAILURE, "The authorizer failed: " + reason);
  }

  private static GatewayRejection unauthorized(String reason) {
    return new GatewayRejection(GatewayResponseType.UNAUTHORIZED, "Unauthorized: " + reason);
  }

  /** The request as a policy names it. */
  static String methodArn(Exchange exchange) {
    return Arn.aws(
        "execute-api",
        exchange.region(),
        exchange.account(),
        exchange.apiId()
            + "/"
            + exchange.stage().name()
            + "/"
            + exchange.request().method()
            + exchange.eventPath());
  }
}
