// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.services.cognito.pool.AppClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares secrets of clients in constant time. Stateless. */
public final class ClientSecrets {
  private ClientSecrets() {}

  /** Whether a client shows a secret of its own; a client without one shows none. */
  public static boolean presents(AppClient client, String secret) {
    if (client.secrets().isEmpty()) {
      return secret.isEmpty();
    }
    byte[] shown = secret.getBytes(StandardCharsets.UTF_8);
    boolean one = false;
    for (String known : client.secrets()) {
      one |= MessageDigest.isEqual(shown, known.getBytes(StandardCharsets.UTF_8));
    }
    return one;
  }
}
