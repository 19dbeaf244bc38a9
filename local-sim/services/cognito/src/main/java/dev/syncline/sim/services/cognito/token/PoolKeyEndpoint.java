// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The documents that verifiers of tokens fetch: {@code /{poolId}/.well-known/jwks.json} and {@code
 * …/openid-configuration}, at Cognito's host and at the port. Every web page may read them.
 * Thread-safe.
 */
record PoolKeyEndpoint(TokenKeys keys, TokenIssuers issuers) implements HttpEndpoint {
  private static final Pattern PATH =
      Pattern.compile(
          "/([a-z0-9-]{1,30}_[0-9a-zA-Z]{1,40})/\\.well-known/(jwks\\.json|openid-configuration)");

  /** Other hosts of AWS have paths of their own, such as keys in a bucket. */
  private static final Pattern OTHER_HOST =
      Pattern.compile(".*\\.(amazonaws\\.com|on\\.aws|amazoncognito\\.com)");

  @Override
  public boolean claims(HttpRequest request) {
    return request.rawPath().contains("/.well-known/")
        && PATH.matcher(request.rawPath()).matches()
        && (request.hostName().startsWith("cognito-idp.")
            || !OTHER_HOST.matcher(request.hostName()).matches());
  }

  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Matcher path = PATH.matcher(request.rawPath());
    if (!path.matches()) {
      throw new IllegalStateException("a request that this endpoint does not claim");
    }
    if (request.method().equals("OPTIONS")) {
      return new HttpResponse(
          200, headers().with("Access-Control-Allow-Methods", "GET"), new byte[0]);
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return json(405, Json.object().put("message", "The method must be GET."));
    }
    String poolId = path.group(1);
    Optional<UserPool> pool = issuers.store().findPool(poolId);
    if (pool.isEmpty()) {
      return json(400, Json.object().put("message", "User pool " + poolId + " does not exist."));
    }
    return json(
        200,
        path.group(2).equals("jwks.json")
            ? keys.of(poolId).published()
            : configuration(pool.get()));
  }

  private ObjectNode configuration(UserPool pool) {
    String issuer = issuers.of(pool);
    Optional<String> domain = issuers.domain(pool);
    ObjectNode document = Json.object();
    domain.ifPresent(
        base ->
            document
                .put("authorization_endpoint", base + "/oauth2/authorize")
                .put("end_session_endpoint", base + "/logout"));
    document.set("id_token_signing_alg_values_supported", Json.texts(List.of("RS256")));
    document.put("issuer", issuer).put("jwks_uri", issuer + "/.well-known/jwks.json");
    document.set("response_types_supported", Json.texts(List.of("code", "token")));
    domain.ifPresent(base -> document.put("revocation_endpoint", base + "/oauth2/revoke"));
    document.set("scopes_supported", Json.texts(List.of("openid", "email", "phone", "profile")));
    document.set("subject_types_supported", Json.texts(List.of("public")));
    domain.ifPresent(base -> document.put("token_endpoint", base + "/oauth2/token"));
    document.set(
        "token_endpoint_auth_methods_supported",
        Json.texts(List.of("client_secret_basic", "client_secret_post")));
    domain.ifPresent(base -> document.put("userinfo_endpoint", base + "/oauth2/userInfo"));
    return document;
  }

  private static Headers headers() {
    return Headers.of("Content-Type", "application/json", "Access-Control-Allow-Origin", "*");
  }

  private static HttpResponse json(int status, ObjectNode body) {
    return new HttpResponse(status, headers(), Json.writeBytes(body));
  }
}
