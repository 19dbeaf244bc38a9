// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of a Map Run.
 *
 * @param arn its ARN
 * @param stateName the distributed Map
 * @param status its status
 * @param startTime when it began
 * @param stopTime when it ended, null while it runs
 * @param maxConcurrency children at once, 0 for AWS's ceiling
 * @param toleratedFailureCount failed items that do not fail it
 * @param toleratedFailurePercentage the same as a share, 0 to 100
 * @param redriveCount how often it has been redriven
 * @param redriveTime when it was last redriven, null if it never was
 * @param resultsWritten whether a ResultWriter has exported its results
 * @param children its child executions, in the order of the items
 */
public record MapRun(
    String arn,
    String stateName,
    ExecutionStatus status,
    Instant startTime,
    @Nullable Instant stopTime,
    long maxConcurrency,
    long toleratedFailureCount,
    double toleratedFailurePercentage,
    int redriveCount,
    @Nullable Instant redriveTime,
    boolean resultsWritten,
    List<Child> children) {

  /** Numbers by status: the fields of DescribeMapRun. */
  public record Counts(
      long pending,
      long running,
      long succeeded,
      long failed,
      long timedOut,
      long aborted,
      long total,
      long resultsWritten,
      long failuresNotRedrivable,
      long pendingRedrive) {}

  /** Its child executions by status. */
  public Counts executionCounts() {
    return counts(child -> 1);
  }

  /** Its items by the status of their child executions. */
  public Counts itemCounts() {
    return counts(Child::items);
  }

  private Counts counts(ToLongFunction<Child> weight) {
    long[] byStatus = new long[ExecutionStatus.values().length];
    long pending = 0;
    long total = 0;
    for (Child child : children) {
      long some = weight.applyAsLong(child);
      total += some;
      if (child.started()) {
        byStatus[child.status().ordinal()] += some;
      } else {
        pending += some;
      }
    }
    return new Counts(
        pending,
        byStatus[ExecutionStatus.RUNNING.ordinal()],
        byStatus[ExecutionStatus.SUCCEEDED.ordinal()],
        byStatus[ExecutionStatus.FAILED.ordinal()],
        byStatus[ExecutionStatus.TIMED_OUT.ordinal()],
        byStatus[ExecutionStatus.ABORTED.ordinal()],
        total,
        resultsWritten ? total - pending : 0,
        0,
        0);
  }

  /**
   * A child execution.
   *
   * @param context its identity
   * @param items how many items it has
   * @param started whether it has begun
   * @param status its status; RUNNING also before it has begun
   * @param input what it was given
   * @param output its result, once it has succeeded
   * @param error its error name, if it ended with one
   * @param cause its cause, if it ended with one
   * @param startTime when it began
   * @param stopTime when it ended, null while it runs
   * @param redriveCount how often it has been redriven
   * @param redriveTime when it was last redriven, null if it never was or is an Express execution
   * @param history its events
   */
  public record Child(
      ExecutionContext context,
      int items,
      boolean started,
      ExecutionStatus status,
      Payload input,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause,
      Instant startTime,
      @Nullable Instant stopTime,
      int redriveCount,
      @Nullable Instant redriveTime,
      List<HistoryEvent> history) {}
}
