// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts the end of a Step Functions execution to an outcome. Stateless and thread-safe. */
final class ExecutionOutcomes {

  private ExecutionOutcomes() {}

  /** The outcome in a reply envelope; an output that is not an envelope is the result itself. */
  static WorkOutcome result(@Nullable String output) {
    String text = output == null ? "null" : output;
    try {
      Optional<WorkOutcome> outcome = ReplyEnvelope.parse(text).outcome();
      if (outcome.isPresent()) {
        return outcome.get();
      }
    } catch (ReplyEnvelope.Malformed e) {
      // The workflow does not write the envelope: its output is the result.
    }
    return new WorkOutcome.Completed(text);
  }

  /**
   * @param otherwise the error's name if the execution has none
   */
  static WorkOutcome failure(@Nullable String error, @Nullable String cause, String otherwise) {
    return new WorkOutcome.Failed(
        error == null || error.isEmpty() ? otherwise : error, cause == null ? "" : cause);
  }
}
