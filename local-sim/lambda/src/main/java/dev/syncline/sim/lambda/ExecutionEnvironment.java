// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Runs one version of a function: it starts once, takes invocations, and ends. Thread-safe. None of
 * the methods block; none of the futures fails exceptionally.
 */
public interface ExecutionEnvironment {
  /**
   * Completes when it is ready for invocations, or with the error when its start failed; then it
   * has ended.
   */
  CompletableFuture<FunctionOutcome> ready();

  /**
   * Runs an invocation. Call it only when it is ready, and at most as often at a time as the
   * function's environment concurrency. The output of the function up to its answer has been logged
   * when the future completes.
   *
   * @param limit the function's time, for the deadline in its context. The caller enforces it
   */
  CompletableFuture<FunctionOutcome> invoke(Invocation invocation, Duration limit);

  /**
   * Completes when the environment can take another invocation in place of this one, or has ended.
   * That may be after the invocation's answer. Completed for an invocation that it does not have.
   */
  default CompletableFuture<Void> free(String requestId) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Ends it at once, invocations included. The future completes when all its output has been
   * logged. Calling it again gives the same future.
   */
  CompletableFuture<Void> kill();

  /** Completes when the environment has ended, for any reason. */
  CompletableFuture<Void> ended();

  /** How long its restore from a snapshot took; empty unless it has been restored. */
  Optional<Duration> restoreDuration();

  /** Its peak memory in MB, if known. */
  OptionalInt peakMemoryMb();
}
