// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Instant;

/**
 * Verifies what needs more than the API's own keys: signatures, tokens, a function's word. It may
 * block; do not call it under a lock. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Verifier {
  /** A verifier that refuses every credential. */
  Verifier NONE =
      (api, request, now) -> Refusal.unauthorized("nothing here verifies " + request.credentials());

  /**
   * Decides whether the credential is good; whether its mode may do the operation is decided
   * elsewhere.
   */
  AuthDecision verify(ApiConfig api, AuthRequest request, Instant now);
}
