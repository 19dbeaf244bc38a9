// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The decision on a credential. */
public sealed interface AuthDecision permits AuthDecision.Granted, Refusal {

  /**
   * * It is accepted.
   *
   * @param mode the mode that verified it
   * @param identity the caller, as handlers see it in {@code ctx.identity}; null for an API key.
   *     Not to be changed
   * @param accessKeyId the key that signed; null for another mode
   */
  record Granted(AuthMode mode, @Nullable ObjectNode identity, @Nullable String accessKeyId)
      implements AuthDecision {
    /** For a caller who has not signed. */
    public Granted(AuthMode mode, @Nullable ObjectNode identity) {
      this(mode, identity, null);
    }

    /** Without an identity, as for an API key. */
    public Granted(AuthMode mode) {
      this(mode, null);
    }
  }
}
