// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.KeyRandom;
import dev.syncline.sim.kernel.SimClock;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs the OpenID tokens of identities. Its key pair is made at the first use, from the seed, and
 * is part of the saved state. Source of the form: GetOpenIdToken in the API reference, and tokens
 * in reports of clients. Thread-safe.
 */
final class IdentityTokens {
  /** AWS's issuer of such tokens. */
  static final String ISSUER = "https://cognito-identity.amazonaws.com";

  /** How long a token is valid. */
  static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final int KEY_BITS = 2048;

  private final Exclusive lock = new Exclusive();
  private final SimClock clock;
  private final Ids ids;
  private final String keyId;
  private @Nullable RSAKey key;

  IdentityTokens(SimClock clock, Ids ids, String region) {
    this.clock = clock;
    this.ids = ids.split("identity-token-key");
    this.keyId = region + "1";
  }

  /** A token of an identity; {@code methods} is the claim {@code amr}. */
  String token(PoolIdentity identity, List<String> methods) {
    Instant now = clock.now();
    var claims =
        new JWTClaimsSet.Builder()
            .subject(identity.id())
            .audience(identity.poolId())
            .claim("amr", methods)
            .issuer(ISSUER)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    RSAKey signing = key();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS512)
            .keyID(signing.getKeyID())
            .type(new JOSEObjectType("JWS"))
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(signing));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("an RSA key that we made signs RS512", impossible);
    }
    return token.serialize();
  }

  /** The public key as a JWKS. */
  String publicKeys() {
    return new JWKSet(key().toPublicJWK()).toString();
  }

  /** The key pair as JSON; empty when it is not made yet. */
  Optional<String> saved() {
    return lock.call(() -> Optional.ofNullable(key).map(RSAKey::toJSONString));
  }

  /** Replaces the key pair by one that {@link #saved} wrote. */
  void restore(String json) {
    lock.call(
        () -> {
          try {
            key = RSAKey.parse(json);
          } catch (ParseException unreadable) {
            throw new IllegalArgumentException(
                "the saved key of identity pools is not readable", unreadable);
          }
          return json;
        });
  }

  private RSAKey key() {
    return lock.call(
        () -> {
          RSAKey made = key;
          if (made == null) {
            made = generated();
            key = made;
          }
          return made;
        });
  }

  private RSAKey generated() {
    try {
      return new RSAKeyGenerator(KEY_BITS)
          .secureRandom(new KeyRandom(ids))
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS512)
          .keyID(keyId)
          .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every JDK makes RSA keys", impossible);
    }
  }
}
