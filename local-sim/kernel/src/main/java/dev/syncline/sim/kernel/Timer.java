// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Instant;

/** A task scheduled on a {@link SimClock}. Thread-safe. */
public interface Timer {
  /** Cancels the task; returns false when it has already started or been cancelled. */
  boolean cancel();

  /** The virtual instant at which it is due, as planned when it was scheduled. */
  Instant due();
}
