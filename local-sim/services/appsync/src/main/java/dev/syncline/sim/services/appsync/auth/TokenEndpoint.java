// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The built-in issuer over HTTP, below {@link TokenIssuer#PATH}: its keys and its configuration
 * where OpenID Connect puts them, and {@code POST /token}, which issues a token to every caller.
 * Thread-safe.
 *
 * <p>The body of {@code POST /token} has either {@code userPoolId} (a Cognito token: {@code
 * clientId}, {@code username}, {@code groups}, {@code use} id or access) or not (an OpenID Connect
 * token: {@code subject}, {@code audience}); with both {@code expiresInSeconds} (default 3600) and
 * {@code claims}, an object of further claims.
 *
 * @param region the region of its user pools
 */
public record TokenEndpoint(TokenIssuer issuer, String region) implements HttpEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KNOWN =
      Set.of(
          "userPoolId",
          "clientId",
          "username",
          "groups",
          "use",
          "subject",
          "audience",
          "expiresInSeconds",
          "claims");

  @Override
  public boolean claims(HttpRequest request) {
    return request.rawPath().startsWith(TokenIssuer.PATH + "/");
  }

  /** Issues a token of any user to every caller, for the developer's own programs. */
  @Override
  public Access access(HttpRequest request) {
    return Access.LOCAL_PROGRAMS;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String own =
        (request.secure() ? "https://" : "http://")
            + request.headers().first("host").orElse("localhost")
            + TokenIssuer.PATH;
    String path = request.rawPath().substring(TokenIssuer.PATH.length());
    String asked = request.method() + " " + path;
    return switch (asked) {
      case "GET /.well-known/jwks.json" ->
          json(200, JSON.valueToTree(issuer.publicKeys().toJSONObject()));
      case "GET /.well-known/openid-configuration" ->
          json(
              200,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("issuer", own)
                  .put("jwks_uri", own + "/.well-known/jwks.json")
                  .put("token_endpoint", own + "/token"));
      case "POST /token" -> token(request, own);
      default ->
          error(
              404,
              "The issuer has no "
                  + asked
                  + "; it has GET /.well-known/jwks.json, GET"
                  + " /.well-known/openid-configuration and POST /token");
    };
  }

  private HttpResponse token(HttpRequest request, String own) {
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (IOException malformed) {
      return error(400, "The body is not JSON");
    }
    if (!(body instanceof ObjectNode asked)) {
      return error(400, "The body must be a JSON object");
    }
    for (var entry : asked.properties()) {
      if (!KNOWN.contains(entry.getKey())) {
        return error(400, "'" + entry.getKey() + "' is not a member; known are " + KNOWN);
      }
    }
    JsonNode seconds = asked.path("expiresInSeconds");
    if (!seconds.isMissingNode() && !seconds.isIntegralNumber()) {
      return error(400, "'expiresInSeconds' must be a whole number");
    }
    Duration lifetime = Duration.ofSeconds(seconds.asLong(3600));
    Map<String, Object> claims;
    try {
      claims = claims(asked.path("claims"));
    } catch (IllegalArgumentException notAnObject) {
      return error(400, "'claims' must be an object");
    }
    String token;
    if (asked.hasNonNull("userPoolId")) {
      String use = asked.path("use").asText("id");
      if (!use.equals("id") && !use.equals("access")) {
        return error(400, "'use' must be id or access, not '" + use + "'");
      }
      token =
          issuer.cognitoToken(
              "https://cognito-idp."
                  + region
                  + ".amazonaws.com/"
                  + asked.path("userPoolId").asText(),
              use,
              asked.path("clientId").asText("local"),
              asked.path("username").asText("local"),
              texts(asked.path("groups")),
              lifetime,
              claims);
    } else {
      token =
          issuer.openIdToken(
              own,
              asked.path("subject").asText("local"),
              asked.path("audience").asText(""),
              lifetime,
              claims);
    }
    return json(200, JsonNodeFactory.instance.objectNode().put("token", token));
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @SuppressWarnings("unchecked") // an object converts to a map of names
  private static Map<String, Object> claims(JsonNode node) {
    if (node.isMissingNode()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("not an object");
    }
    return JSON.convertValue(node, Map.class);
  }

  private static HttpResponse error(int status, String message) {
    return json(status, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  private static HttpResponse json(int status, JsonNode body) {
    try {
      return new HttpResponse(
          status,
          Headers.of("Content-Type", "application/json"),
          JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree is always JSON", impossible);
    }
  }
}
