// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.KeyRandom;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;

/**
 * A key pair of a pool: RSA with 2048 bits, for RS256. Thread-safe.
 *
 * @param encodedHeader the header of every token that it signs, encoded
 */
record TokenKey(
    RSAKey jwk,
    JWSHeader header,
    String encodedHeader,
    RSASSASigner signer,
    RSASSAVerifier verifier) {
  private static final int KEY_BITS = 2048;
  private static final int KEY_ID_BYTES = 32;

  /** A new key; the same for the same stream of ids. */
  static TokenKey create(Ids ids) {
    // Base64 with + / =, as AWS's.
    String keyId = Base64.getEncoder().encodeToString(KeyRandom.bytes(ids, KEY_ID_BYTES));
    try {
      return of(
          new RSAKeyGenerator(KEY_BITS)
              .secureRandom(new KeyRandom(ids))
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyID(keyId)
              .generate());
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every JDK makes RSA keys", impossible);
    }
  }

  /**
   * The key of a private JWK's text.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static TokenKey parse(String jwk) {
    try {
      return of(RSAKey.parse(jwk));
    } catch (ParseException | JOSEException malformed) {
      throw new IllegalArgumentException("a saved token key cannot be read", malformed);
    }
  }

  private static TokenKey of(RSAKey jwk) throws JOSEException {
    String header =
        Json.write(
            Json.object().put("kid", jwk.getKeyID()).put("alg", JWSAlgorithm.RS256.getName()));
    return new TokenKey(
        jwk,
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(jwk.getKeyID()).build(),
        Base64URL.encode(header).toString(),
        new RSASSASigner(jwk),
        new RSASSAVerifier(jwk.toRSAPublicKey()));
  }

  /** A signed token. */
  String sign(ObjectNode claims) {
    String signed = encodedHeader + '.' + Base64URL.encode(Json.writeBytes(claims));
    try {
      return signed + '.' + signer.sign(header, signed.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("an RSA key that we made signs RS256", impossible);
    }
  }

  /** Whether the last part of the token is this key's signature of the others. */
  boolean signed(String token) {
    int dot = token.lastIndexOf('.');
    try {
      return dot > 0
          && verifier.verify(
              header,
              token.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
              new Base64URL(token.substring(dot + 1)));
    } catch (JOSEException malformed) {
      return false;
    }
  }

  /** The public part as {@code jwks.json} has it. */
  ObjectNode published() {
    return Json.object()
        .put("alg", JWSAlgorithm.RS256.getName())
        .put("e", jwk.getPublicExponent().toString())
        .put("kid", jwk.getKeyID())
        .put("kty", "RSA")
        .put("n", jwk.getModulus().toString())
        .put("use", "sig");
  }

  @Override
  public String toString() {
    return "TokenKey[" + jwk.getKeyID() + "]";
  }
}
