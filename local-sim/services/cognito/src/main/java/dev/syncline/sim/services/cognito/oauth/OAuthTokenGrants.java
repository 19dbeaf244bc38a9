// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Grant;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.token.PoolTokenService;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /oauth2/token} and {@code /oauth2/revoke}. Thread-safe. */
record OAuthTokenGrants(
    PoolStore store, OAuthClients clients, OAuthCodes codes, PoolTokenService tokens) {
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /** Exchanges a grant for tokens. */
  HttpResponse token(OAuthSite site) {
    try {
      OAuthParameters form = OAuthParameters.ofForm(site.request());
      String grant = form.text("grant_type");
      if (grant.isEmpty()) {
        throw new OAuthRefusal("invalid_request");
      }
      if (!List.of("authorization_code", "refresh_token", "client_credentials").contains(grant)) {
        throw new OAuthRefusal("unsupported_grant_type");
      }
      AppClient client = clients.authenticated(site.pool(), site.request(), form);
      ObjectNode answer =
          switch (grant) {
            case "authorization_code" -> ofCode(site.pool(), client, form);
            case "refresh_token" -> ofRefreshToken(client, form);
            default -> ofClient(site.pool(), client, form);
          };
      return OAuthAnswers.json(200, answer);
    } catch (OAuthRefusal refusal) {
      return OAuthAnswers.error(400, refusal);
    }
  }

  private ObjectNode ofCode(UserPool pool, AppClient client, OAuthParameters form)
      throws OAuthRefusal {
    String text = form.text("code");
    if (text.isEmpty() || form.text("redirect_uri").isEmpty()) {
      throw new OAuthRefusal("invalid_request");
    }
    OAuthCodes.Code code =
        codes.take(pool.id(), text).orElseThrow(() -> new OAuthRefusal("invalid_grant"));
    if (!code.clientId().equals(client.id())
        || !code.redirectUri().equals(form.text("redirect_uri"))
        || !proves(code.challenge(), form.text("code_verifier"))) {
      throw new OAuthRefusal("invalid_grant");
    }
    PoolUser user = user(pool, code.user()).orElseThrow(() -> new OAuthRefusal("invalid_grant"));
    ObjectNode issued =
        issued(
            () ->
                tokens.issue(
                    new Grant(
                        pool,
                        client,
                        user,
                        PoolTokenService.HOSTED,
                        code.scopes(),
                        metadata(form),
                        null,
                        code.nonce().isEmpty() ? null : code.nonce())));
    return answer(issued);
  }

  private static boolean proves(String challenge, String verifier) {
    if (challenge.isEmpty()) {
      // A verifier without a challenge: the challenge may have been removed on its way.
      return verifier.isEmpty();
    }
    byte[] digest = AuthDigests.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
    String shown = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return VERIFIER.matcher(verifier).matches()
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.US_ASCII),
            challenge.getBytes(StandardCharsets.US_ASCII));
  }

  /** The user, unless another has the name now or an administrator has disabled it. */
  Optional<PoolUser> user(UserPool pool, OAuthCodes.Who who) {
    return store
        .findUser(pool.id(), who.username(), true)
        .filter(user -> user.sub().equals(who.sub()) && user.enabled());
  }

  private ObjectNode ofRefreshToken(AppClient client, OAuthParameters form) throws OAuthRefusal {
    String token = form.text("refresh_token");
    if (token.isEmpty()) {
      throw new OAuthRefusal("invalid_request");
    }
    return answer(issued(() -> tokens.refresh(client, token, metadata(form))));
  }

  private ObjectNode ofClient(UserPool pool, AppClient client, OAuthParameters form)
      throws OAuthRefusal {
    if (client.secrets().isEmpty()) {
      throw new OAuthRefusal("invalid_client");
    }
    if (!client.texts("AllowedOAuthFlows").contains("client_credentials")) {
      throw new OAuthRefusal("unauthorized_client");
    }
    List<String> scopes = AuthorizeRequest.scopes(client, form.text("scope"));
    ObjectNode issued =
        issued(
            () ->
                Json.object()
                    .put("access_token", tokens.clientToken(pool, client, scopes, metadata(form))));
    return issued
        .put("expires_in", client.accessTokenLife().toSeconds())
        .put("token_type", "Bearer");
  }

  private interface Issue {
    ObjectNode tokens();
  }

  private static ObjectNode issued(Issue issue) throws OAuthRefusal {
    try {
      return issue.tokens();
    } catch (AwsException refused) {
      throw LambdaTriggers.caused(refused)
          ? new OAuthRefusal("invalid_request", refused.text())
          : new OAuthRefusal("invalid_grant", refused.text());
    }
  }

  private static ObjectNode answer(ObjectNode issued) {
    ObjectNode answer = Json.object();
    answer.set("access_token", issued.get("AccessToken"));
    if (issued.has("IdToken")) {
      answer.set("id_token", issued.get("IdToken"));
    }
    if (issued.has("RefreshToken")) {
      answer.set("refresh_token", issued.get("RefreshToken"));
    }
    return answer.put("token_type", "Bearer").put("expires_in", issued.path("ExpiresIn").asLong());
  }

  /** {@code aws_client_metadata}, a JSON object of texts. */
  private static Map<String, String> metadata(OAuthParameters form) {
    var metadata = new LinkedHashMap<String, String>();
    try {
      JsonNode given = Json.MAPPER.readTree(form.find("aws_client_metadata").orElse("{}"));
      given.properties().forEach(one -> metadata.put(one.getKey(), one.getValue().asText()));
    } catch (JsonProcessingException notJson) {
      metadata.clear();
    }
    return metadata;
  }

  /** Revokes a refresh token. */
  HttpResponse revoke(OAuthSite site) {
    try {
      OAuthParameters form = OAuthParameters.ofForm(site.request());
      if (form.text("token").isEmpty()) {
        throw new OAuthRefusal("invalid_request");
      }
      AppClient client = clients.authenticated(site.pool(), site.request(), form);
      if (!client.revocation()) {
        throw new OAuthRefusal("invalid_request", "The client does not have token revocation");
      }
      tokens.revoke(client, form.text("token"));
      HttpResponse empty = OAuthAnswers.json(200, Json.object());
      return new HttpResponse(200, empty.headers(), new byte[0]);
    } catch (OAuthRefusal refusal) {
      return OAuthAnswers.error(400, refusal);
    } catch (AwsException refused) {
      return OAuthAnswers.error(
          400,
          new OAuthRefusal(
              refused.code().equals("UnsupportedTokenTypeException")
                  ? "unsupported_token_type"
                  : "unauthorized_client"));
    }
  }
}
