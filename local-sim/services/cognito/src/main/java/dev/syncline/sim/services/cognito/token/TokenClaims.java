// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a user's tokens, in AWS's order. Immutable.
 *
 * @param groups after the trigger
 * @param now when they are issued
 * @param nonce null for none
 */
record TokenClaims(
    AppClient client,
    PoolUser user,
    TokenSession session,
    UserGroups groups,
    String issuer,
    Instant now,
    @Nullable String nonce) {
  /** The claims of an access token. */
  ObjectNode access(List<String> scopes, String id) {
    ObjectNode claims = Json.object();
    claims.put("sub", user.sub());
    groups.putNames(claims);
    claims.put("iss", issuer);
    if (session.hosted()) {
      claims.put("version", 2);
    }
    claims.put("client_id", client.id());
    if (client.revocation()) {
      claims.put("origin_jti", session.originJti());
    }
    Json.putIfPresent(claims, "device_key", session.deviceKey());
    claims.put("event_id", session.eventId());
    claims.put("token_use", "access");
    claims.put("scope", String.join(" ", scopes));
    claims.put("auth_time", session.authTime().getEpochSecond());
    claims.put("exp", now.plus(client.accessTokenLife()).getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("jti", id);
    claims.put("username", user.username());
    return claims;
  }

  /** The claims of an ID token. */
  ObjectNode id(String id, String accessToken) {
    ObjectNode claims = Json.object();
    if (client.revocation()) {
      claims.put("origin_jti", session.originJti());
    }
    claims.put("sub", user.sub());
    groups.putNames(claims);
    if (session.hosted()) {
      claims.put("at_hash", hash(accessToken));
    }
    groups.putRoles(claims);
    claims.put("aud", client.id());
    claims.put("event_id", session.eventId());
    claims.put("token_use", "id");
    claims.put("auth_time", session.authTime().getEpochSecond());
    claims.put("iss", issuer);
    claims.put("cognito:username", user.username());
    Json.putIfPresent(claims, "nonce", nonce);
    claims.put("exp", now.plus(client.idTokenLife()).getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    if (client.revocation()) {
      claims.put("jti", id);
    }
    ReadableAttributes.of(client, session.hosted() ? session.scopes() : List.of())
        .select(user.attributes())
        .forEach((name, value) -> claims.set(name, attribute(name, value)));
    return claims;
  }

  private static JsonNode attribute(String name, String value) {
    return switch (name) {
      case "email_verified", "phone_number_verified" ->
          Json.MAPPER.getNodeFactory().booleanNode(value.equals("true"));
      case "address" -> Json.object().put("formatted", value);
      case "identities" -> list(value);
      default -> Json.MAPPER.getNodeFactory().textNode(value);
    };
  }

  private static JsonNode list(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException notJson) {
      return Json.MAPPER.getNodeFactory().textNode(json);
    }
  }

  /** OpenID Connect's {@code at_hash}: the left half of the digest. */
  private static String hash(String accessToken) {
    MessageDigest digest = RefreshText.sha256();
    byte[] whole = digest.digest(accessToken.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(whole, whole.length / 2));
  }
}
