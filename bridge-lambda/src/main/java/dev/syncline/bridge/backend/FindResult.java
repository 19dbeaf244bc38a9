// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;

/** How a piece of work goes. Immutable and thread-safe. */
public sealed interface FindResult {

  /** It has ended. */
  record Finished(WorkOutcome outcome) implements FindResult {}

  /** It goes on. */
  record Running() implements FindResult {}

  /** Whether it was started is not known: it may go on. */
  record Doubtful() implements FindResult {}

  /** There is no such work. */
  record NotFound() implements FindResult {}

  /** This backend keeps no state: it cannot tell. */
  record Untracked() implements FindResult {}

  /**
   * The backend did not answer.
   *
   * @param detail what to log
   */
  record Unavailable(String detail) implements FindResult {}
}
