// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import dev.syncline.sim.services.cognito.pool.SrpGroup;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of one SRP attempt. Immutable.
 *
 * @param scope the pool's name after the underscore, or a device's group key
 * @param user the real user name, or a device's key
 * @param verifier {@code v} of the password
 * @param clientPublic {@code A}
 * @param secret {@code b}
 */
public record SrpServer(
    String scope, String user, BigInteger verifier, BigInteger clientPublic, BigInteger secret) {
  private static final byte[] INFO = AuthDigests.bytes("Caldera Derived Key\u0001");
  private static final int KEY_BYTES = 16;

  /** {@code B}. */
  public BigInteger serverPublic() {
    return SrpGroup.K.multiply(verifier).add(SrpGroup.G.modPow(secret, SrpGroup.N)).mod(SrpGroup.N);
  }

  /** The shared key; empty when {@code A} or {@code u} must be refused. */
  Optional<byte[]> key() {
    BigInteger n = SrpGroup.N;
    BigInteger u = SrpGroup.hash(clientPublic.toByteArray(), serverPublic().toByteArray());
    if (u.signum() == 0 || clientPublic.signum() < 0 || clientPublic.mod(n).signum() == 0) {
      return Optional.empty();
    }
    BigInteger s = clientPublic.multiply(verifier.modPow(u, n)).mod(n).modPow(secret, n);
    byte[] extracted = AuthDigests.hmac256(u.toByteArray(), s.toByteArray());
    return Optional.of(Arrays.copyOf(AuthDigests.hmac256(extracted, INFO), KEY_BYTES));
  }

  /** The signature that proves the password, in base64; empty as for {@link #key}. */
  public Optional<String> signature(byte[] block, String timestamp) {
    return key()
        .map(
            key ->
                Base64.getEncoder()
                    .encodeToString(
                        AuthDigests.hmac256(
                            key,
                            AuthDigests.bytes(scope),
                            AuthDigests.bytes(user),
                            block,
                            AuthDigests.bytes(timestamp))));
  }

  @Override
  public String toString() {
    return "SrpServer[user=" + user + "]";
  }
}
