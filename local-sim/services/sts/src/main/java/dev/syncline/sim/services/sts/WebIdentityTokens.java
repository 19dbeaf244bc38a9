// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.IdentityPoolTokens;
import dev.syncline.sim.service.contract.UserPoolTokens;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verifies the tokens of web identities: those of identity pools, and those of user pools that IAM
 * has as an OpenID Connect provider. Signatures are RS256, or RS512 where the key names it, as
 * those of identity pools do. Thread-safe.
 */
record WebIdentityTokens(
    SimClock clock,
    String account,
    Supplier<Optional<IdentityPoolTokens>> identityPools,
    Supplier<Optional<UserPoolTokens>> userPools,
    Supplier<Optional<AssumableRoles>> roles) {
  private static final String COGNITO = "cognito-identity.amazonaws.com";
  private static final String HTTPS = "https://";

  /**
   * A verified identity.
   *
   * @param provider as trust policies and answers name it
   * @param keys condition keys
   */
  record WebIdentity(
      String provider, String subject, String audience, Map<String, List<String>> keys) {}

  /**
   * Verifies a token.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidIdentityToken}, {@code
   *     ExpiredTokenException}
   */
  WebIdentity verify(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw StsErrors.notAToken();
    }
    JsonNode header = json(parts[0]);
    JsonNode claims = json(parts[1]);
    String issuer = claims.path("iss").asText();
    String name = issuer.startsWith(HTTPS) ? issuer.substring(HTTPS.length()) : issuer;
    boolean cognito = name.equals(COGNITO);
    Optional<List<String>> clients =
        cognito ? Optional.empty() : roles.get().flatMap(known -> known.clientIds(issuer));
    if (!cognito && clients.isEmpty()) {
      throw StsErrors.unknownProvider(issuer);
    }
    String keys =
        (cognito
                ? identityPools.get().map(IdentityPoolTokens::publicKeys)
                : userPools.get().flatMap(pools -> pools.publicKeys(issuer)))
            .orElseThrow(StsErrors::noKeys);
    if (!signed(parts, header.path("kid").asText(), keys)) {
      throw StsErrors.invalidSignature();
    }
    return identity(claims, name, clients);
  }

  private WebIdentity identity(JsonNode claims, String name, Optional<List<String>> clients) {
    String audience =
        claims.hasNonNull("aud") ? claims.path("aud").asText() : claims.path("azp").asText();
    String subject = claims.path("sub").asText();
    if (!claims.path("exp").isNumber()) {
      throw StsErrors.missingClaim("exp");
    }
    if (subject.isEmpty()) {
      throw StsErrors.missingClaim("sub");
    }
    long expires = claims.path("exp").asLong();
    long now = clock.now().getEpochSecond();
    if (now >= expires) {
      throw StsErrors.tokenExpired(now, expires);
    }
    if (clients.isPresent() && !clients.get().contains(audience)) {
      throw StsErrors.wrongAudience();
    }
    var keys = new LinkedHashMap<String, List<String>>();
    keys.put(name + ":aud", List.of(audience));
    keys.put(name + ":sub", List.of(subject));
    var methods = new ArrayList<String>();
    claims.path("amr").forEach(method -> methods.add(method.asText()));
    if (!methods.isEmpty()) {
      keys.put(name + ":amr", methods);
    }
    String provider =
        clients.isEmpty() ? name : Arn.aws("iam", "", account, "oidc-provider/" + name);
    return new WebIdentity(provider, subject, audience, keys);
  }

  private static JsonNode json(String part) {
    try {
      JsonNode json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(part));
      if (json.isObject()) {
        return json;
      }
    } catch (IOException | IllegalArgumentException malformed) {
      // Refused below.
    }
    throw StsErrors.notAToken();
  }

  private static boolean signed(String[] parts, String keyId, String keySet) {
    try {
      for (JsonNode key : Json.MAPPER.readTree(keySet).path("keys")) {
        if (!key.path("kid").asText().equals(keyId)) {
          continue;
        }
        var verifier =
            Signature.getInstance(
                key.path("alg").asText().equals("RS512") ? "SHA512withRSA" : "SHA256withRSA");
        verifier.initVerify(
            KeyFactory.getInstance("RSA")
                .generatePublic(
                    new RSAPublicKeySpec(number(key.path("n")), number(key.path("e")))));
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(parts[2]));
      }
      return false;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static BigInteger number(JsonNode encoded) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(encoded.asText()));
  }
}
