// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.SrpTimestamp;
import dev.syncline.sim.services.cognito.pool.SrpGroup;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The client's side of SRP. */
record AuthSrpClient(String scope, BigInteger secret) {
  static AuthSrpClient ofPool(String poolId) {
    return new AuthSrpClient(
        poolId.substring(poolId.indexOf('_') + 1),
        new BigInteger("0123456789abcdef".repeat(16), 16));
  }

  String publicNumber() {
    return SrpGroup.G.modPow(secret, SrpGroup.N).toString(16);
  }

  /** The answer of PASSWORD_VERIFIER without its user name. */
  String proof(JsonNode parameters, String user, String password, Instant time) {
    return proof(parameters, user, password, SrpTimestamp.of(time));
  }

  /** The answer of PASSWORD_VERIFIER without its user name. */
  String proof(JsonNode parameters, String user, String password, String timestamp) {
    BigInteger n = SrpGroup.N;
    var serverPublic = new BigInteger(parameters.path("SRP_B").asText(), 16);
    BigInteger a = SrpGroup.G.modPow(secret, n);
    BigInteger u = SrpGroup.hash(a.toByteArray(), serverPublic.toByteArray());
    BigInteger x =
        SrpGroup.privateKey(
            scope, user, password, new BigInteger(parameters.path("SALT").asText(), 16));
    BigInteger base = serverPublic.subtract(SrpGroup.K.multiply(SrpGroup.G.modPow(x, n))).mod(n);
    BigInteger shared = base.modPow(secret.add(u.multiply(x)), n);
    byte[] extracted = AuthDigests.hmac256(u.toByteArray(), shared.toByteArray());
    byte[] key =
        Arrays.copyOf(
            AuthDigests.hmac256(extracted, AuthDigests.bytes("Caldera Derived Key\u0001")), 16);
    String block = parameters.path("SECRET_BLOCK").asText();
    byte[] signature =
        AuthDigests.hmac256(
            key,
            AuthDigests.bytes(scope + user),
            Base64.getDecoder().decode(block),
            AuthDigests.bytes(timestamp));
    return "'TIMESTAMP': '"
        + timestamp
        + "', 'PASSWORD_CLAIM_SECRET_BLOCK': '"
        + block
        + "', 'PASSWORD_CLAIM_SIGNATURE': '"
        + Base64.getEncoder().encodeToString(signature)
        + "'";
  }
}
