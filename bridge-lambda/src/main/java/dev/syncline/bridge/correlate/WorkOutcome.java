// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

/** How a piece of work ended. Immutable and thread-safe. */
public sealed interface WorkOutcome {

  /**
   * The work succeeded.
   *
   * @param resultJson the result as JSON text, exactly as the backend wrote it
   */
  record Completed(String resultJson) implements WorkOutcome {}

  /**
   * The work failed.
   *
   * @param error the error's name, for example {@code States.TaskFailed}
   * @param cause the backend's explanation; may be empty, and is not sanitized for a caller
   */
  record Failed(String error, String cause) implements WorkOutcome {}

  /** The approximate number of characters that this outcome keeps in memory. */
  default int size() {
    return switch (this) {
      case Completed completed -> completed.resultJson().length();
      case Failed failed -> failed.error().length() + failed.cause().length();
    };
  }
}
