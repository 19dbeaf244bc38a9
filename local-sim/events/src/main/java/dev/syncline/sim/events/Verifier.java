// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Instant;

/**
 * Verifies credentials other than the API's own keys: signatures, tokens, and tokens that a
 * function decides on. It may block; do not call it under a lock. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Verifier {
  /** A verifier that refuses every credential. */
  Verifier NONE =
      (api, request, now) -> Refusal.unauthorized("nothing here verifies " + request.credentials());

  /**
   * Decides whether the credential is accepted; {@link Authorizer} decides whether its mode may do
   * the operation.
   */
  AuthDecision verify(ApiConfig api, AuthRequest request, Instant now);
}
