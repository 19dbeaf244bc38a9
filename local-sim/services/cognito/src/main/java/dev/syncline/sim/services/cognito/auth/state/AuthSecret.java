// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.crypto.SealedTexts;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret of sign-in: it makes the salts of users that do not exist and seals SRP's blocks. It
 * is saved, so that these salts stay the same. Thread-safe.
 */
public final class AuthSecret {
  private static final int SALT_BYTES = 16;

  private volatile String secret;

  /** A new secret. */
  public AuthSecret(Ids ids) {
    this.secret = ids.hex(64);
  }

  /** The salt that a user name has in a pool without such a user. */
  public String salt(String poolId, String name) {
    byte[] all = keyed("salt\n" + poolId + "\n" + name);
    return HexFormat.of().formatHex(Arrays.copyOf(all, SALT_BYTES));
  }

  /** 32 bytes in the place of the password of a user that does not exist. */
  public byte[] verifierSeed(String poolId, String name) {
    return keyed("verifier\n" + poolId + "\n" + name);
  }

  /** Seals SRP's blocks. */
  public SealedTexts seal() {
    return new SealedTexts(keyed("block"));
  }

  private byte[] keyed(String purpose) {
    return AuthDigests.hmac256(AuthDigests.bytes(secret), AuthDigests.bytes(purpose));
  }

  /** The secret, to save it. */
  public String value() {
    return secret;
  }

  /** Takes a saved secret. */
  public void restore(String saved) {
    secret = saved;
  }

  @Override
  public String toString() {
    return "AuthSecret";
  }
}
