// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a PreTokenGeneration trigger changes. Claims that it may not change stay as they are.
 * Immutable.
 *
 * @param idClaims {@code claimsToAddOrOverride} and {@code claimsToSuppress} of the ID token
 * @param accessClaims the same of the access token, with its scopes
 * @param groups {@code groupOverrideDetails}
 */
record TokenOverrides(JsonNode idClaims, JsonNode accessClaims, JsonNode groups) {
  static final TokenOverrides NONE =
      new TokenOverrides(Json.object(), Json.object(), Json.object());

  private static final Set<String> PROTECTED =
      Set.of(
          "acr",
          "amr",
          "aud",
          "at_hash",
          "auth_time",
          "azp",
          "cognito:default",
          "cognito:username",
          "exp",
          "iat",
          "identities",
          "iss",
          "jti",
          "nbf",
          "nonce",
          "origin_jti",
          "sub",
          "token_use");

  private static final Set<String> PROTECTED_IN_ACCESS_TOKENS =
      Set.of("username", "client_id", "scope", "device_key", "event_id", "version");

  /**
   * The overrides in a trigger's response.
   *
   * @param version of the event
   * @throws dev.syncline.sim.service.AwsException {@code InvalidLambdaResponseException}
   */
  static TokenOverrides of(ObjectNode response, int version) {
    JsonNode details =
        response.path(version == 1 ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails");
    requireObjectOrNothing(details);
    JsonNode idClaims = version == 1 ? details : details.path("idTokenGeneration");
    JsonNode accessClaims = version == 1 ? Json.object() : details.path("accessTokenGeneration");
    for (JsonNode claims : List.of(idClaims, accessClaims)) {
      requireObjectOrNothing(claims);
      requireObjectOrNothing(claims.path("claimsToAddOrOverride"));
    }
    if (version == 1) {
      for (JsonNode claim : idClaims.path("claimsToAddOrOverride")) {
        if (claim.isContainerNode()) {
          throw TokenErrors.unreadableOutput();
        }
      }
    }
    return new TokenOverrides(idClaims, accessClaims, details.path("groupOverrideDetails"));
  }

  private static void requireObjectOrNothing(JsonNode node) {
    if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
      throw TokenErrors.unreadableOutput();
    }
  }

  /** The groups after the trigger. */
  UserGroups groups(UserGroups before) {
    if (!groups.isObject()) {
      return before;
    }
    return new UserGroups(
        groups.has("groupsToOverride") ? texts(groups.path("groupsToOverride")) : before.names(),
        groups.has("iamRolesToOverride")
            ? texts(groups.path("iamRolesToOverride"))
            : before.roles(),
        groups.has("preferredRole")
            ? textOrNull(groups.path("preferredRole"))
            : before.preferred());
  }

  /** The scopes of the access token after the trigger. */
  List<String> scopes(List<String> before) {
    var scopes = new LinkedHashSet<>(before);
    texts(accessClaims.path("scopesToAdd")).stream()
        .filter(scope -> !scope.isBlank() && scope.indexOf(' ') < 0)
        .filter(scope -> !scope.startsWith("aws.cognito."))
        .forEach(scopes::add);
    texts(accessClaims.path("scopesToSuppress")).forEach(scopes::remove);
    return List.copyOf(scopes);
  }

  void applyToId(ObjectNode claims) {
    apply(idClaims, claims, Set.of());
  }

  void applyToAccess(ObjectNode claims) {
    apply(accessClaims, claims, PROTECTED_IN_ACCESS_TOKENS);
  }

  private static void apply(JsonNode change, ObjectNode claims, Set<String> alsoProtected) {
    for (String name : texts(change.path("claimsToSuppress"))) {
      if (!PROTECTED.contains(name) && !alsoProtected.contains(name)) {
        claims.remove(name);
      }
    }
    change
        .path("claimsToAddOrOverride")
        .properties()
        .forEach(
            claim -> {
              String name = claim.getKey();
              if (!PROTECTED.contains(name) && !alsoProtected.contains(name)) {
                claims.set(name, claim.getValue());
              }
            });
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
  }
}
