// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** Whether a credential is good, and what for. */
public sealed interface AuthDecision permits AuthDecision.Granted, Refusal {

  /**
   * It is.
   *
   * @param mode the mode that verified it
   */
  record Granted(AuthMode mode) implements AuthDecision {}
}
