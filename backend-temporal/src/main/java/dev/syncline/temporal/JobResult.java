// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import dev.syncline.worker.JobOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a job as the workflow's result. Failed work is a result too, so the workflow
 * completes. Immutable.
 *
 * @param status {@code COMPLETED} or {@code FAILED}
 * @param result any JSON text; null if it failed
 * @param error the failure's name; null if it completed
 * @param cause the explanation of the failure; null if it completed
 */
public record JobResult(
    String status, @Nullable String result, @Nullable String error, @Nullable String cause) {
  private static final String COMPLETED = "COMPLETED";

  /** The work is done. */
  public static JobResult completed(String result) {
    return new JobResult(COMPLETED, result, null, null);
  }

  /** The work failed. */
  public static JobResult failed(String error, String cause) {
    return new JobResult("FAILED", null, error, cause);
  }

  /** The same as the job core has it. */
  public static JobResult of(JobOutcome outcome) {
    return switch (outcome) {
      case JobOutcome.Completed done -> completed(done.result());
      case JobOutcome.Failed failed -> failed(failed.error(), failed.cause());
    };
  }

  /** Whether the work succeeded. */
  public boolean hasCompleted() {
    return status.equals(COMPLETED);
  }

  /** The same as the job core has it. */
  public JobOutcome outcome() {
    return hasCompleted()
        ? new JobOutcome.Completed(result == null ? "null" : result)
        : new JobOutcome.Failed(
            error == null ? "Failed" : error, cause == null ? "no message" : cause);
  }
}
