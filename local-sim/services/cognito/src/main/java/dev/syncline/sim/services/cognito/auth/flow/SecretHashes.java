// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.flow;

import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import dev.syncline.sim.services.cognito.auth.state.AuthErrors;
import dev.syncline.sim.services.cognito.pool.AppClient;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Checks SECRET_HASH: base64(HMAC-SHA256(secret, user name + client id)). Stateless. */
public final class SecretHashes {
  private SecretHashes() {}

  /**
   * Refuses a missing or a wrong hash; for a client without a secret, any hash.
   *
   * @param names the user names that the hash may have been made of
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException}
   */
  public static void require(AppClient client, Optional<String> sent, List<String> names) {
    if (client.secrets().isEmpty() && sent.isEmpty()) {
      return;
    }
    String hash = sent.orElseThrow(() -> AuthErrors.secretHashMissing(client.id()));
    boolean right = false;
    for (String secret : client.secrets()) {
      for (String name : names) {
        right |= AuthDigests.same(hash(secret, name, client.id()), hash);
      }
    }
    if (!right) {
      throw AuthErrors.secretHashWrong(client.id());
    }
  }

  private static String hash(String secret, String name, String clientId) {
    return Base64.getEncoder()
        .encodeToString(
            AuthDigests.hmac256(AuthDigests.bytes(secret), AuthDigests.bytes(name + clientId)));
  }
}
