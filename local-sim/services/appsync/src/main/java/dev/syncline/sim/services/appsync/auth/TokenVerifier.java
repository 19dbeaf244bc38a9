// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON web tokens: signature against the issuer's keys, issuer, audience and times. The
 * guide names the ID token, but Amplify sends the access token: both are accepted from a user pool.
 * Thread-safe.
 */
record TokenVerifier(IssuerKeys keys) {
  /** The beginning of the reason for a token that is refused because of the time alone. */
  static final String EXPIRED = "the token expired at ";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Symmetric algorithms and "none" do not prove an issuer. */
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** The issuer that the token names; empty for a text that is not a signed JSON web token. */
  static Optional<Issued> read(String token) {
    String text = token.startsWith("Bearer ") ? token.substring("Bearer ".length()) : token;
    try {
      SignedJWT jwt = SignedJWT.parse(text.strip());
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String issuer = claims == null ? null : claims.getIssuer();
      return claims == null || issuer == null
          ? Optional.empty()
          : Optional.of(new Issued(jwt, claims, issuer));
    } catch (ParseException other) {
      return Optional.empty();
    }
  }

  /** A token that names its issuer. */
  record Issued(SignedJWT jwt, JWTClaimsSet claims, String issuer) {}

  /** Whether the token names this issuer. */
  boolean by(Issued token, String configured) {
    return keys.same(token.issuer(), configured);
  }

  AuthDecision verify(Issued token, AuthProvider.Cognito pool, AuthRequest request, Instant now) {
    Optional<Refusal> refusal = refusal(token, keys.ofUserPool(token.issuer()), now);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    JWTClaimsSet claims = token.claims();
    String use = text(claims, "token_use");
    if (use == null || !(use.equals("id") || use.equals("access"))) {
      return Refusal.unauthorized("token_use must be id or access, but is " + use);
    }
    List<String> clients =
        use.equals("id") ? claims.getAudience() : present(text(claims, "client_id"));
    try {
      if (!matches(pool.appIdClientRegex(), clients)) {
        return Refusal.unauthorized(
            "the app client " + clients + " does not match " + pool.appIdClientRegex());
      }
    } catch (PatternTooCostlyException tooCostly) {
      return Refusal.unauthorized(
          "the app client cannot be checked by the appIdClientRegex: " + tooCostly.getMessage());
    }
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.putArray("sourceIp").add(request.caller().sourceIp());
    String username = text(claims, use.equals("id") ? "cognito:username" : "username");
    identity.put("username", username == null ? claims.getSubject() : username);
    identity.set("groups", JSON.valueToTree(claims.getClaim("cognito:groups")));
    identity.put("sub", claims.getSubject()).put("issuer", token.issuer());
    identity.set("claims", json(claims));
    identity.put("defaultAuthStrategy", "ALLOW");
    return new AuthDecision.Granted(AuthMode.AMAZON_COGNITO_USER_POOLS, identity);
  }

  AuthDecision verify(
      Issued token, AuthProvider.OpenIdConnect provider, AuthRequest request, Instant now) {
    JWKSet published;
    try {
      published = keys.ofIssuer(provider.issuer(), now);
    } catch (KeySourceException unreachable) {
      return Refusal.unauthorized(
          "the keys of " + provider.issuer() + " cannot be read: " + unreachable.getMessage());
    }
    Optional<Refusal> refusal = refusal(token, published, now);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    JWTClaimsSet claims = token.claims();
    var clients = new ArrayList<>(claims.getAudience());
    clients.addAll(present(text(claims, "azp")));
    try {
      if (!matches(provider.clientId(), clients)) {
        return Refusal.unauthorized("the audience " + clients + " does not match the clientId");
      }
    } catch (PatternTooCostlyException tooCostly) {
      return Refusal.unauthorized(
          "the audience cannot be checked by the clientId: " + tooCostly.getMessage());
    }
    Optional<Refusal> tooOld =
        older("iat", claims.getIssueTime(), provider.issuedWithin(), now)
            .or(
                () ->
                    older(
                        "auth_time",
                        epochSeconds(claims.getClaim("auth_time")),
                        provider.authenticatedWithin(),
                        now));
    if (tooOld.isPresent()) {
      return tooOld.get();
    }
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    identity.put("sub", claims.getSubject()).put("issuer", token.issuer());
    identity.set("claims", json(claims));
    return new AuthDecision.Granted(AuthMode.OPENID_CONNECT, identity);
  }

  static Optional<Refusal> refusal(Issued token, JWKSet published, Instant now) {
    if (!signed(token.jwt(), published)) {
      return Optional.of(
          Refusal.unauthorized("the token is not signed with a key of " + token.issuer()));
    }
    Date expires = token.claims().getExpirationTime();
    if (expires == null || !now.isBefore(expires.toInstant())) {
      return Optional.of(
          Refusal.unauthorized(
              expires == null ? "the token has no exp" : EXPIRED + expires.toInstant()));
    }
    Date notBefore = token.claims().getNotBeforeTime();
    if (notBefore != null && now.isBefore(notBefore.toInstant())) {
      return Optional.of(
          Refusal.unauthorized("the token is not valid before " + notBefore.toInstant()));
    }
    return Optional.empty();
  }

  private static boolean signed(SignedJWT jwt, JWKSet published) {
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    if (!ALGORITHMS.contains(algorithm)) {
      return false;
    }
    JWKMatcher matcher = JWKMatcher.forJWSHeader(jwt.getHeader());
    if (matcher == null) {
      return false;
    }
    List<JWK> candidates = new JWKSelector(matcher).select(published);
    for (Key key : KeyConverter.toJavaKeys(candidates)) {
      try {
        if (jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key))) {
          return true;
        }
      } catch (JOSEException notThisOne) {
        // Another key of the issuer may match.
        continue;
      }
    }
    return false;
  }

  private static Optional<Refusal> older(
      String claim, @Nullable Date since, Duration most, Instant now) {
    if (most.isZero()) {
      return Optional.empty();
    }
    if (since == null || now.isAfter(since.toInstant().plus(most))) {
      return Optional.of(
          Refusal.unauthorized(
              claim + " is missing or longer ago than " + most.toMillis() + " ms"));
    }
    return Optional.empty();
  }

  private static @Nullable Date epochSeconds(@Nullable Object claim) {
    return claim instanceof Number number ? new Date(number.longValue() * 1000) : null;
  }

  private static boolean matches(@Nullable String pattern, List<String> clients) {
    if (pattern == null) {
      return true;
    }
    BoundedPattern bounded = BoundedPattern.of(pattern);
    return clients.stream().anyMatch(bounded::matches);
  }

  private static List<String> present(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String value ? value : null;
  }

  static ObjectNode json(JWTClaimsSet claims) {
    Map<String, Object> plain = claims.toJSONObject();
    return JSON.valueToTree(plain);
  }
}
