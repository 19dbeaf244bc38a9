// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;

/** The state of a piece of work. Immutable and thread-safe. */
public sealed interface FindResult {

  /** It has ended. */
  record Finished(WorkOutcome outcome) implements FindResult {}

  /** The work is running. */
  record Running() implements FindResult {}

  /** The start was not confirmed: the work may be running. */
  record Doubtful() implements FindResult {}

  /** The backend does not know this work. */
  record NotFound() implements FindResult {}

  /** This backend keeps no state. */
  record Untracked() implements FindResult {}

  /**
   * The backend did not answer.
   *
   * @param detail the text to log
   */
  record Unavailable(String detail) implements FindResult {}
}
