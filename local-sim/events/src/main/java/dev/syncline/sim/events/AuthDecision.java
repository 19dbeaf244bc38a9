// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Whether a credential is good, and what for. */
public sealed interface AuthDecision permits AuthDecision.Granted, Refusal {

  /**
   * It is.
   *
   * @param mode the mode that verified it
   * @param identity who it is, as handlers see it in {@code ctx.identity}; null for an API key. Not
   *     to be changed
   */
  record Granted(AuthMode mode, @Nullable ObjectNode identity) implements AuthDecision {
    /** Without an identity, as for an API key. */
    public Granted(AuthMode mode) {
      this(mode, null);
    }
  }
}
