// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import org.jspecify.annotations.Nullable;

/**
 * Remembers how jobs ended, so that a job that is given again is answered as before.
 * Implementations are thread-safe.
 */
public interface OutcomeStore {

  /** How the job ended, or null if it has not or is not remembered. */
  @Nullable JobOutcome find(String id);

  /** Remembers the outcome unless there is one already, and returns the one that holds. */
  JobOutcome keep(String id, JobOutcome outcome);
}
