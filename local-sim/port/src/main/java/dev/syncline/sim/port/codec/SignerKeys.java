// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.contract.AccessKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the key that a request is signed with, if the simulator knows it. Immutable and
 * thread-safe.
 *
 * @param keys the known keys; a request that is signed with another one is not verified
 */
record SignerKeys(AccessKeys keys, Instant now) {
  /**
   * The credential of a Signature Version 4.
   *
   * @param scope date, region, service and terminator
   */
  record Credential(String keyId, List<String> scope) {
    /** Why a text is no credential. */
    static final String MALFORMED =
        "the Credential is mal-formed; expecting"
            + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";

    private static final int SCOPE_PARTS = 4;

    /** Copies the scope. */
    Credential {
      scope = List.copyOf(scope);
    }

    /** Reads a credential; empty for a malformed one. */
    static Optional<Credential> of(String text) {
      List<String> parts = List.of(text.split("/", -1));
      int scopeAt = parts.size() - SCOPE_PARTS;
      return scopeAt < 1
          ? Optional.empty()
          : Optional.of(
              new Credential(
                  String.join("/", parts.subList(0, scopeAt)),
                  parts.subList(scopeAt, parts.size())));
    }
  }

  /**
   * The secret of a key; empty for an unknown key.
   *
   * @param token the session token that came with it, empty for none
   * @throws dev.syncline.sim.service.AwsException {@code ExpiredToken}, {@code InvalidToken}
   */
  Optional<String> secret(String keyId, String token) {
    Optional<AccessKeys.AccessKey> found = keys.find(keyId);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    AccessKeys.AccessKey key = found.get();
    String expected = key.sessionToken();
    if (expected != null && !expected.equals(token)) {
      throw RestXmlErrors.invalidToken(token);
    }
    if (!key.valid(now)) {
      throw RestXmlErrors.expiredToken(token);
    }
    return Optional.of(key.secret());
  }
}
