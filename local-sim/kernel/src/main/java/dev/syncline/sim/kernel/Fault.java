// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Duration;

/**
 * Something that goes wrong, as a value. Attached to places in a {@link FaultPlan}. Which faults a
 * place can carry out is the place's to say; one it cannot is refused when the plan is made.
 */
public sealed interface Fault {

  /** Carries on after {@code delay} of virtual time. */
  record Delay(Duration delay) implements Fault {}

  /** Does not happen at all, silently. */
  record Drop() implements Fault {}

  /** Happens {@code times} times in place of once. */
  record Duplicate(int times) implements Fault {
    /** Refuses fewer than two. */
    public Duplicate {
      if (times < 2) {
        throw new IllegalArgumentException("duplicate takes at least 2 times, got " + times);
      }
    }
  }

  /** Something else arrives in place of what was sent. */
  record Corrupt(String replacement) implements Fault {}

  /** The connection is cut. */
  record Disconnect() implements Fault {}

  /** The service answers with an error, before doing anything. */
  record Refuse(int status, String errorType, String message) implements Fault {}
}
