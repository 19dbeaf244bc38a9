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
   */
  record Granted(AuthMode mode, @Nullable ObjectNode identity) implements AuthDecision {
    /** Without an identity, as for an API key. */
    public Granted(AuthMode mode) {
      this(mode, null);
    }
  }
}
