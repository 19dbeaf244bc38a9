// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import dev.syncline.sim.service.contract.TokenChecks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Authorizers of type COGNITO_USER_POOLS. A method without scopes takes ID tokens, a method with
 * scopes takes access tokens that have one of them. Source: the developer guide, "Control access to
 * a REST API using Amazon Cognito user pools". Thread-safe.
 */
record PoolAuthorizer(Supplier<TokenChecks> tokens) {
  static final String TYPE = "COGNITO_USER_POOLS";

  private static final Pattern POOL_ARN =
      Pattern.compile("arn:aws:cognito-idp:([a-z0-9-]+):\\d{12}:userpool/([\\w-]+_[0-9a-zA-Z]+)");
  private static final int MAX_PROVIDERS = 1000;
  private static final Set<String> DATES = Set.of("exp", "iat");

  /** As Java's {@code Date} writes it. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Whether an authorizer is of this type. */
  static boolean is(JsonNode authorizer) {
    return authorizer.path("type").asText().equals(TYPE);
  }

  /**
   * Refuses an authorizer without pools.
   *
   * @throws dev.syncline.sim.service.AwsException {@code BadRequestException}
   */
  static void check(ObjectNode authorizer) {
    JsonNode providers = authorizer.path("providerARNs");
    if (!providers.isArray() || providers.isEmpty() || providers.size() > MAX_PROVIDERS) {
      throw GatewayErrors.badRequest(
          "Invalid providerARNs specified: an authorizer of type COGNITO_USER_POOLS needs 1 to "
              + MAX_PROVIDERS
              + " ARNs of user pools");
    }
    for (JsonNode provider : providers) {
      if (!POOL_ARN.matcher(provider.asText()).matches()) {
        throw GatewayErrors.badRequest("Invalid Cognito Provider ARN: " + provider.asText());
      }
    }
  }

  /**
   * Lets a request in by its token.
   *
   * @return the claims as texts
   * @throws GatewayRejection 401
   */
  Map<String, String> claims(Exchange exchange, RouteNode.Match match, JsonNode authorizer)
      throws GatewayRejection {
    String source = authorizer.path("identitySource").asText();
    String token = new IdentitySources(exchange, match).value(source);
    if (token.isBlank()) {
      throw unauthorized("the request has no " + source);
    }
    ObjectNode claims = verified(token, authorizer.path("providerARNs"));
    List<String> wanted = match.method().scopes();
    String use = claims.path("token_use").asText();
    if (wanted.isEmpty() && !use.equals("id")) {
      throw unauthorized("the method has no scopes and takes ID tokens only");
    }
    if (!wanted.isEmpty()) {
      String scopes = claims.path("scope").asText();
      if (!use.equals("access")
          || Arrays.stream(scopes.split(" ", -1)).noneMatch(wanted::contains)) {
        throw unauthorized("the token is no access token with one of the scopes " + wanted);
      }
    }
    requireAudience(authorizer.path("identityValidationExpression").asText(""), claims);
    var texts = new LinkedHashMap<String, String>();
    claims
        .properties()
        .forEach(claim -> texts.put(claim.getKey(), text(claim.getKey(), claim.getValue())));
    return texts;
  }

  private ObjectNode verified(String token, JsonNode providers) throws GatewayRejection {
    String reason = "the authorizer has no user pools";
    boolean expired = false;
    for (JsonNode provider : providers) {
      Arn pool = Arn.parse(provider.asText());
      String id = pool.resource().substring("userpool/".length());
      String issuer = "https://cognito-idp." + pool.region() + ".amazonaws.com/" + id;
      switch (tokens.get().check(token, issuer)) {
        case TokenChecks.Result.Valid valid -> {
          return valid.claims();
        }
        case TokenChecks.Result.Invalid invalid -> {
          reason = invalid.reason();
          expired |= invalid.expired();
        }
      }
    }
    if (expired) {
      throw new GatewayRejection(
          GatewayResponseType.UNAUTHORIZED,
          GatewayResponseType.UNAUTHORIZED.status(),
          "The incoming token has expired",
          "Unauthorized: the token has expired");
    }
    throw unauthorized(reason);
  }

  private static void requireAudience(String expression, ObjectNode claims)
      throws GatewayRejection {
    if (expression.isEmpty()) {
      return;
    }
    String audience = claims.path(claims.has("aud") ? "aud" : "client_id").asText();
    boolean matches;
    try {
      matches = BoundedPattern.of(expression).matches(audience);
    } catch (PatternSyntaxException | PatternTooCostlyException failed) {
      throw new GatewayRejection(
          GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
          "The identity validation expression failed: " + failed.getMessage());
    }
    if (!matches) {
      throw unauthorized("the audience does not match the identity validation expression");
    }
  }

  /** Lists are joined by commas, and times are dates. */
  private static String text(String name, JsonNode claim) {
    if (DATES.contains(name) && claim.isIntegralNumber()) {
      return DATE.format(Instant.ofEpochSecond(claim.asLong()));
    }
    if (claim instanceof ArrayNode list) {
      var texts = new ArrayList<String>();
      list.forEach(one -> texts.add(one.isContainerNode() ? one.toString() : one.asText()));
      return String.join(",", texts);
    }
    return claim.isContainerNode() ? claim.toString() : claim.asText();
  }

  private static GatewayRejection unauthorized(String reason) {
    return new GatewayRejection(GatewayResponseType.UNAUTHORIZED, "Unauthorized: " + reason);
  }
}
