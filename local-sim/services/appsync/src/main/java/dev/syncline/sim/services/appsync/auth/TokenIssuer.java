// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.UserPoolTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The built-in issuer of tokens, so that a test needs no identity provider. It acts as every
 * Cognito user pool and as one OpenID Connect issuer. Tokens of a pool that the simulator has are
 * signed with the pool's keys. The key pair for others is created at the first use and kept until
 * the simulator ends.
 *
 * <p>Thread-safe.
 */
public final class TokenIssuer {
  /** The issuer's path below the simulator's address. */
  public static final String PATH = "/_syncline/issuer";

  private static final int KEY_BITS = 2048;

  private final SimClock clock;
  private final Ids ids;
  private final Supplier<Optional<UserPoolTokens>> pools;
  private @Nullable RSAKey key;

  /** An issuer whose tokens have the time of {@code clock}, in a simulator without user pools. */
  public TokenIssuer(SimClock clock, Ids ids) {
    this(clock, ids, Optional::empty);
  }

  /**
   * An issuer whose tokens have the time of {@code clock}.
   *
   * @param pools the keys of user pools; asked at each use
   */
  public TokenIssuer(SimClock clock, Ids ids, Supplier<Optional<UserPoolTokens>> pools) {
    this.clock = clock;
    this.ids = ids;
    this.pools = pools;
  }

  /** The published keys of a user pool that the simulator has; empty for another issuer. */
  Optional<String> poolKeys(String issuer) {
    return pools.get().flatMap(found -> found.publicKeys(issuer));
  }

  /** The public keys, as {@code jwks.json} has them. */
  public JWKSet publicKeys() {
    return new JWKSet(key().toPublicJWK());
  }

  /**
   * A token as a Cognito user pool issues it.
   *
   * @param issuer the pool's issuer
   * @param use {@code id} or {@code access}
   * @param groups the user's groups, in the claim {@code cognito:groups}; none when empty
   * @param further claims to add, over the usual ones
   */
  public String cognitoToken(
      String issuer,
      String use,
      String clientId,
      String username,
      List<String> groups,
      Duration lifetime,
      Map<String, Object> further) {
    JWTClaimsSet.Builder claims = common(issuer, ids.uuid().toString(), lifetime);
    claims.claim("token_use", use).claim("auth_time", clock.now().getEpochSecond());
    if (!groups.isEmpty()) {
      claims.claim("cognito:groups", groups);
    }
    if (use.equals("id")) {
      claims.audience(clientId).claim("cognito:username", username);
    } else {
      claims.claim("client_id", clientId).claim("username", username);
    }
    further.forEach(claims::claim);
    JWTClaimsSet all = claims.build();
    return pools
        .get()
        .flatMap(found -> found.sign(issuer, use, TokenVerifier.json(all)))
        .orElseGet(() -> signed(all));
  }

  /**
   * A token as an OpenID Connect issuer issues it.
   *
   * @param audience {@code aud}, empty for none
   */
  public String openIdToken(
      String issuer,
      String subject,
      String audience,
      Duration lifetime,
      Map<String, Object> further) {
    JWTClaimsSet.Builder claims = common(issuer, subject, lifetime);
    claims.claim("auth_time", clock.now().getEpochSecond());
    if (!audience.isEmpty()) {
      claims.audience(audience);
    }
    further.forEach(claims::claim);
    return signed(claims.build());
  }

  private JWTClaimsSet.Builder common(String issuer, String subject, Duration lifetime) {
    Instant now = clock.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(lifetime)))
        .jwtID(ids.uuid().toString());
  }

  private String signed(JWTClaimsSet claims) {
    RSAKey signing = key();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(signing));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("an RSA key that we made signs RS256", impossible);
    }
    return token.serialize();
  }

  private synchronized RSAKey key() {
    RSAKey made = key;
    if (made == null) {
      try {
        made =
            new RSAKeyGenerator(KEY_BITS)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyID(ids.hex(16))
                .generate();
      } catch (JOSEException impossible) {
        throw new IllegalStateException("every JDK makes RSA keys", impossible);
      }
      key = made;
    }
    return made;
  }
}
