// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.UserPoolProvider;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Verifies the logins of a caller. A login of a user pool is an ID token of a configured client,
 * and its signature is checked against the keys of the pool; a login of an OpenID Connect provider
 * goes through {@link TokenChecks}. Thread-safe.
 *
 * @param openId empty without a room that reads the keys of other providers
 * @param users asked where the provider has {@code ServerSideTokenCheck}
 */
record IdentityLogins(
    SimClock clock,
    Supplier<UserPoolTokens> userPools,
    Supplier<Optional<TokenChecks>> openId,
    UserCheck users) {
  private static final String USER_POOL = "cognito-idp.";
  private static final String OIDC = ":oidc-provider/";

  /** Asks a user pool whether the user may still sign in. */
  @FunctionalInterface
  interface UserCheck {
    /** Why not; empty when the user may. */
    Optional<String> refusal(String userPoolId, JsonNode claims);
  }

  /**
   * A verified login.
   *
   * @param provider as the key of {@code Logins} names it
   * @param mappingKey as the keys of {@code RoleMappings} name it
   */
  record Login(String provider, String mappingKey, ObjectNode claims) {
    String subject() {
      return claims.path("sub").asText();
    }

    /** What AWS puts into {@code amr}: the provider, and the user of a user pool. */
    List<String> methods() {
      return provider.startsWith(USER_POOL)
          ? List.of(provider, provider + ":CognitoSignIn:" + subject())
          : List.of(provider, provider + ":OIDC:" + subject());
    }
  }

  /** Subjects by provider. */
  static Map<String, String> subjects(List<Login> logins) {
    var subjects = new TreeMap<String, String>();
    logins.forEach(login -> subjects.put(login.provider(), login.subject()));
    return subjects;
  }

  /**
   * Verifies all of them.
   *
   * @param tokens by provider
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException} for the first that
   *     is refused
   */
  List<Login> verify(IdentityPool pool, Map<String, String> tokens) {
    if (!tokens.isEmpty() && !pool.settings().hasProviders()) {
      throw IdentityErrors.noProviders(pool.id());
    }
    return tokens.entrySet().stream()
        .map(login -> verify(pool, login.getKey(), login.getValue()))
        .toList();
  }

  private Login verify(IdentityPool pool, String provider, String token) {
    if (provider.startsWith(USER_POOL)) {
      return userPool(pool, provider, token);
    }
    boolean openIdConnect =
        pool.settings().openIdProviders().stream().anyMatch(arn -> arn.endsWith(OIDC + provider));
    if (openIdConnect) {
      return openId(provider, token);
    }
    if (pool.settings().loginProviders().containsKey(provider)
        || pool.settings().samlProviders().contains(provider)
        || provider.equals(pool.settings().developerProvider())) {
      throw IdentityErrors.unverifiable(provider);
    }
    throw IdentityErrors.unsupportedProvider();
  }

  private Login openId(String provider, String token) {
    TokenChecks checks = openId.get().orElseThrow(() -> IdentityErrors.unverifiable(provider));
    return switch (checks.check(token, "https://" + provider)) {
      case TokenChecks.Result.Valid valid -> new Login(provider, provider, valid.claims());
      case TokenChecks.Result.Invalid invalid ->
          throw IdentityErrors.invalidToken(invalid.reason());
    };
  }

  private Login userPool(IdentityPool pool, String provider, String token) {
    List<UserPoolProvider> clients =
        pool.settings().userPools().stream()
            .filter(client -> client.providerName().equals(provider))
            .toList();
    if (clients.isEmpty()) {
      throw IdentityErrors.unsupportedProvider();
    }
    SignedJWT jwt = parsed(token);
    ObjectNode claims = claims(jwt);
    String issuer = "https://" + provider;
    if (!samePool(claims.path("iss").asText(), issuer)) {
      throw IdentityErrors.invalidToken("Issuer doesn't match providerName");
    }
    for (String required : List.of("aud", "exp", "sub")) {
      if (!claims.hasNonNull(required)) {
        throw IdentityErrors.invalidToken("Missing a required claim: " + required);
      }
    }
    requireSignature(jwt, issuer);
    long now = clock.now().getEpochSecond();
    long expiry = claims.path("exp").asLong();
    if (now >= expiry) {
      throw IdentityErrors.expiredToken(now, expiry);
    }
    UserPoolProvider client =
        clients.stream()
            .filter(known -> known.clientId().equals(claims.path("aud").asText()))
            .findFirst()
            .orElseThrow(IdentityErrors::unsupportedProvider);
    if (Boolean.TRUE.equals(client.tokenCheck())) {
      String userPoolId = provider.substring(provider.indexOf('/') + 1);
      users
          .refusal(userPoolId, claims)
          .ifPresent(
              reason -> {
                throw IdentityErrors.invalidToken(reason);
              });
    }
    return new Login(provider, provider + ":" + client.clientId(), claims);
  }

  /** Whether both name one pool, which may also be named by its address on the port. */
  private boolean samePool(String named, String issuer) {
    if (named.equals(issuer)) {
      return true;
    }
    var keys = userPools.get().publicKeys(named);
    return keys.isPresent() && keys.equals(userPools.get().publicKeys(issuer));
  }

  private static SignedJWT parsed(String token) {
    try {
      return SignedJWT.parse(token);
    } catch (ParseException notSigned) {
      throw IdentityErrors.invalidToken("Not a valid OpenId Connect identity token.");
    }
  }

  private static ObjectNode claims(SignedJWT jwt) {
    try {
      if (Json.MAPPER.readTree(jwt.getPayload().toString()) instanceof ObjectNode claims) {
        return claims;
      }
    } catch (JsonProcessingException notJson) {
      // The one error below tells it.
    }
    throw IdentityErrors.invalidToken("Not a valid OpenId Connect identity token.");
  }

  private void requireSignature(SignedJWT jwt, String issuer) {
    String keys =
        userPools
            .get()
            .publicKeys(issuer)
            .orElseThrow(() -> IdentityErrors.invalidToken("Couldn't verify signed token."));
    try {
      JWK key = JWKSet.parse(keys).getKeyByKeyId(jwt.getHeader().getKeyID());
      // Another algorithm would let the caller choose how the key is used.
      if (key != null
          && JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
          && jwt.verify(new RSASSAVerifier(key.toRSAKey()))) {
        return;
      }
    } catch (ParseException | JOSEException unusable) {
      // The one error below tells it.
    }
    throw IdentityErrors.invalidToken("Token signature invalid.");
  }
}
