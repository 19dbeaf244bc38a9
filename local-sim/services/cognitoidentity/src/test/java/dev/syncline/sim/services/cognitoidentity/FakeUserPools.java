// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.UserPoolTokens;
import dev.syncline.sim.servicetests.FakeRoom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One user pool with a key of its own. Not thread-safe. */
final class FakeUserPools extends FakeRoom implements UserPoolTokens {
  static final String PROVIDER = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3";
  static final String ISSUER = "https://" + PROVIDER;

  final Set<String> disabled = new HashSet<>();
  private final RSAKey key = key();

  FakeUserPools() {
    super("cognito", new Protocol.AwsJson("AWSCognitoIdentityProviderService", "1.1"));
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("k+/=").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(
            "AdminGetUser: UserPoolId, Username",
            (input, context) ->
                Output.of(
                    Json.object()
                        .put("Enabled", !disabled.contains(input.requiredText("Username"))))));
  }

  @Override
  public Optional<String> publicKeys(String issuer) {
    return issuer.equals(ISSUER)
        ? Optional.of(new JWKSet(key.toPublicJWK()).toString())
        : Optional.empty();
  }

  @Override
  public Optional<String> sign(String issuer, String use, ObjectNode claims) {
    return Optional.of(signed(key, claims));
  }

  static String signed(RSAKey key, ObjectNode claims) {
    var token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            new Payload(claims.toString()));
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }
}
