// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TokenChecks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether a request may use its route, by a JWT or by an authorizer function whose answers
 * are cached. Source: the developer guide, "Control and manage access to HTTP APIs". Thread-safe.
 */
final class RouteAuthorizer {
  /** Answers that are kept at most; the oldest is dropped. */
  private static final int MAX_CACHED = 10_000;

  /** The time-out of an authorizer function, in milliseconds. */
  private static final int AUTHORIZER_MILLIS = 10_000;

  private final HttpApiCalls calls;
  private final Supplier<TokenChecks> tokens;
  private final Map<String, Cached> cache =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
          return size() > MAX_CACHED;
        }
      };

  private record Cached(JsonNode answer, Instant until) {}

  RouteAuthorizer(HttpApiCalls calls, Supplier<TokenChecks> tokens) {
    this.calls = calls;
    this.tokens = tokens;
  }

  /**
   * The member {@code authorizer} of the request context; missing for a route without an
   * authorizer.
   *
   * @throws HttpApiRefusal when the request may not use the route
   */
  JsonNode authorize(HttpApiCall call, Instant now) throws HttpApiRefusal {
    ServedRoute served = call.match().served();
    return switch (served.route().path("authorizationType").asText()) {
      case "JWT" -> byToken(call, served);
      case "CUSTOM" -> byFunction(call, served.authorizer(), now);
      default -> MissingNode.getInstance();
    };
  }

  private JsonNode byToken(HttpApiCall call, ServedRoute served) throws HttpApiRefusal {
    JsonNode configuration = served.authorizer().path("jwtConfiguration");
    String source = served.authorizer().path("identitySource").path(0).asText();
    String token =
        IdentitySource.parse(source)
            .flatMap(place -> place.value(call))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () -> HttpApiRefusal.unauthorized("the request has no " + source, "Bearer"));
    ObjectNode claims =
        switch (tokens.get().check(token, configuration.path("issuer").asText())) {
          case TokenChecks.Result.Valid valid -> valid.claims();
          case TokenChecks.Result.Invalid invalid ->
              throw invalidToken(invalid.expired() ? "the token has expired" : invalid.reason());
        };
    List<String> audiences = texts(configuration.path("audience"));
    List<String> of = texts(claims.path("aud"));
    if (of.isEmpty()) {
      of = texts(claims.path("client_id"));
    }
    if (of.stream().noneMatch(audiences::contains)) {
      throw invalidToken("the token does not have a valid audience");
    }
    List<String> scopes = words(claims.has("scope") ? claims.get("scope") : claims.path("scp"));
    List<String> wanted = texts(served.route().path("authorizationScopes"));
    if (!wanted.isEmpty() && wanted.stream().noneMatch(scopes::contains)) {
      throw HttpApiRefusal.forbidden("the token has none of the scopes " + wanted);
    }
    ObjectNode jwt = Json.object();
    ObjectNode shown = jwt.putObject("claims");
    claims.properties().forEach(claim -> shown.put(claim.getKey(), shown(claim.getValue())));
    if (wanted.isEmpty()) {
      jwt.putNull("scopes");
    } else {
      jwt.set("scopes", Json.texts(wanted));
    }
    return Json.object().set("jwt", jwt);
  }

  private static HttpApiRefusal invalidToken(String reason) {
    return HttpApiRefusal.unauthorized(
        reason,
        "Bearer scope=\"\" error=\"invalid_token\" error_description=\""
            + reason.replace('"', '\'').replaceAll("[\\r\\n]", " ")
            + "\"");
  }

  /** Functions get claims as text; a list is written as {@code [a b]}. */
  private static String shown(JsonNode claim) {
    if (claim instanceof ObjectNode members) {
      var pairs = new ArrayList<String>();
      members
          .properties()
          .forEach(member -> pairs.add(member.getKey() + ":" + shown(member.getValue())));
      return "map[" + String.join(" ", pairs) + "]";
    }
    return claim instanceof ArrayNode list
        ? "[" + String.join(" ", texts(list)) + "]"
        : claim.asText();
  }

  private static List<String> words(JsonNode value) {
    return value.isTextual() ? List.of(value.asText().split(" ", -1)) : texts(value);
  }

  private static List<String> texts(JsonNode value) {
    var texts = new ArrayList<String>();
    if (value.isTextual()) {
      texts.add(value.asText());
    }
    value.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private JsonNode byFunction(HttpApiCall call, JsonNode authorizer, Instant now)
      throws HttpApiRefusal {
    var identity = new ArrayList<String>();
    for (JsonNode source : authorizer.path("identitySource")) {
      Optional<String> value =
          IdentitySource.parse(source.asText()).flatMap(place -> place.value(call));
      if (value.isEmpty() || value.get().isEmpty()) {
        throw HttpApiRefusal.unauthorized("the request has no " + source.asText());
      }
      identity.add(value.get());
    }
    long ttl = authorizer.path("authorizerResultTtlInSeconds").asLong();
    String key =
        prefix(call.api().id(), call.stage().name())
            + authorizer.path("authorizerId").asText()
            + " "
            + Json.write(Json.texts(identity));
    JsonNode answer = ttl > 0 ? cached(key, now) : MissingNode.getInstance();
    if (answer.isMissingNode()) {
      answer = asked(call, authorizer, identity);
      if (ttl > 0) {
        synchronized (cache) {
          cache.put(key, new Cached(answer, now.plusSeconds(ttl)));
        }
      }
    }
    return granted(call, authorizer, answer);
  }

  /** Forgets the answers for requests to a stage. */
  void reset(String apiId, String stage) {
    synchronized (cache) {
      cache.keySet().removeIf(key -> key.startsWith(prefix(apiId, stage)));
    }
  }

  private static String prefix(String apiId, String stage) {
    return apiId + " " + stage + " ";
  }

  private JsonNode cached(String key, Instant now) {
    synchronized (cache) {
      Cached found = cache.get(key);
      return found == null || !now.isBefore(found.until())
          ? MissingNode.getInstance()
          : found.answer();
    }
  }

  private JsonNode asked(HttpApiCall call, JsonNode authorizer, List<String> identity)
      throws HttpApiRefusal {
    String function =
        FunctionArn.of(authorizer.path("authorizerUri").asText())
            .orElseThrow(() -> HttpApiRefusal.failed("authorizerUri is not a function"));
    String source =
        "arn:aws:execute-api:"
            + call.region()
            + ":"
            + call.account()
            + ":"
            + call.api().id()
            + "/authorizers/"
            + authorizer.path("authorizerId").asText();
    String version = authorizer.path("authorizerPayloadFormatVersion").asText();
    byte[] payload =
        calls.invoke(
            call,
            function,
            authorizer.path("authorizerCredentialsArn").asText(),
            source,
            RequestPayload.ofAuthorizer(call, version, identity),
            AUTHORIZER_MILLIS);
    try {
      return Json.MAPPER.readTree(payload);
    } catch (IOException notJson) {
      throw HttpApiRefusal.failed("the authorizer's answer is not JSON");
    }
  }

  private static JsonNode granted(HttpApiCall call, JsonNode authorizer, JsonNode answer)
      throws HttpApiRefusal {
    boolean allowed;
    if (authorizer.path("enableSimpleResponses").asBoolean()) {
      JsonNode decision = answer.path("isAuthorized");
      if (!decision.isBoolean()) {
        throw HttpApiRefusal.failed("the authorizer's answer has no boolean isAuthorized");
      }
      allowed = decision.asBoolean();
    } else {
      if (!answer.path("policyDocument").path("Statement").isContainerNode()) {
        throw HttpApiRefusal.failed("the authorizer's answer has no policyDocument");
      }
      allowed = HttpAuthorizerPolicy.allows(answer.path("policyDocument"), call.requestArn());
    }
    if (!allowed) {
      throw HttpApiRefusal.forbidden("the authorizer denies the request");
    }
    JsonNode context = answer.path("context");
    ObjectNode shown = context instanceof ObjectNode given ? given.deepCopy() : Json.object();
    if (authorizer.path("authorizerPayloadFormatVersion").asText().equals("2.0")) {
      return Json.object().set("lambda", shown);
    }
    return shown.put("principalId", answer.path("principalId").asText());
  }
}
