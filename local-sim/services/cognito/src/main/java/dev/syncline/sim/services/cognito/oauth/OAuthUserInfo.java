// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.token.ReadableAttributes;
import java.util.List;

/** {@code /oauth2/userInfo}. Thread-safe. */
record OAuthUserInfo(TokenService tokens) {
  private static final String SCHEME = "Bearer ";

  /** The bearer's attributes, as texts. */
  HttpResponse answer(OAuthSite site) {
    String header = site.request().headers().first("authorization").orElse("");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return refused(
          400, new OAuthRefusal("invalid_request", "Bad OAuth2 request at UserInfo Endpoint"));
    }
    TokenService.Bearer bearer;
    try {
      bearer = tokens.bearer(header.substring(SCHEME.length()).strip(), "openid");
    } catch (AwsException refused) {
      return refused(401, new OAuthRefusal("invalid_token", description(refused.text())));
    }
    if (!bearer.pool().id().equals(site.pool().id())) {
      return refused(401, new OAuthRefusal("invalid_token", "Invalid token"));
    }
    ObjectNode answer = Json.object().put("sub", bearer.user().sub());
    List<String> scopes = List.of(bearer.claims().path("scope").asText().split(" ", -1));
    ReadableAttributes.of(bearer.client(), scopes)
        .select(bearer.user().attributes())
        .forEach(answer::put);
    return OAuthAnswers.json(200, answer.put("username", bearer.user().username()));
  }

  private static String description(String reason) {
    return switch (reason) {
      case "Access Token does not have required scopes" ->
          "Access token does not contain openid scope";
      case "Access Token has expired",
          "Access Token has been revoked",
          "User is disabled.",
          "User does not exist." ->
          "Access token is expired, disabled, or deleted, or the user has globally signed out.";
      default -> "Invalid token";
    };
  }

  private static HttpResponse refused(int status, OAuthRefusal refusal) {
    HttpResponse answer = OAuthAnswers.error(status, refusal);
    return answer.with(
        answer
            .headers()
            .with(
                "WWW-Authenticate",
                "error=\""
                    + refusal.error()
                    + "\", error_description=\""
                    + refusal.description()
                    + "\""));
  }
}
