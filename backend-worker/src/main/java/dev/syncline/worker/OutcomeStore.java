// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the outcomes of jobs, so that a redelivered job gets the same answer. Implementations
 * are thread-safe.
 */
public interface OutcomeStore {

  /** The job's outcome; null if it has not ended or is not remembered. */
  @Nullable JobOutcome find(String id);

  /** Remembers the outcome unless the job has one, and returns the remembered one. */
  JobOutcome keep(String id, JobOutcome outcome);
}
