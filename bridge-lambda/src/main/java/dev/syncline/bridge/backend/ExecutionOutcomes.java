// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of an execution means. Stateless and thread-safe. */
final class ExecutionOutcomes {

  private ExecutionOutcomes() {}

  /** An output is the reply envelope; one that is none is the result itself. */
  static WorkOutcome result(@Nullable String output) {
    String text = output == null ? "null" : output;
    try {
      Optional<WorkOutcome> outcome = ReplyEnvelope.parse(text).outcome();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    } catch (ReplyEnvelope.Malformed e) {
      // A workflow of someone else's: what it gives is the result.
    }
    return new WorkOutcome.Completed(text);
  }

  /**
   * @param otherwise the error's name if the execution gives none
   */
  static WorkOutcome failure(@Nullable String error, @Nullable String cause, String otherwise) {
    return new WorkOutcome.Failed(
        error == null || error.isEmpty() ? otherwise : error, cause == null ? "" : cause);
  }
}
