// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * The keys and the configuration of the issuer of identity tokens, where AWS has them: below {@code
 * /.well-known/} of the host {@code cognito-identity.amazonaws.com}. Thread-safe.
 */
record IdentityKeysEndpoint(IdentityTokens tokens) implements HttpEndpoint {
  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final String KEYS = "/.well-known/jwks_uri";

  @Override
  public boolean claims(HttpRequest request) {
    String path = request.rawPath();
    return request.method().equals("GET")
        && request.hostName().startsWith("cognito-identity.")
        && (path.equals(CONFIGURATION) || path.equals(KEYS));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    return new HttpResponse(
        200,
        Headers.of("Content-Type", "application/json"),
        (request.rawPath().equals(KEYS) ? tokens.publicKeys() : configuration())
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String configuration() {
    var json =
        Json.object()
            .put("issuer", IdentityTokens.ISSUER)
            .put("jwks_uri", IdentityTokens.ISSUER + KEYS)
            .put("authorization_endpoint", IdentityTokens.ISSUER);
    json.putArray("subject_types_supported").add("public");
    json.putArray("response_types_supported").add("token").add("token id_token");
    json.putArray("id_token_signing_alg_values_supported").add("RS512");
    return Json.write(json);
  }
}
