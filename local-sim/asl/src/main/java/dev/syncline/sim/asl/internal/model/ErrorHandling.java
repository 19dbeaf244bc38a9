// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retry and Catch of a state, in order. */
public record ErrorHandling(List<Retrier> retriers, List<Catcher> catchers) {
  /** No retriers and no catchers. */
  public static final ErrorHandling NONE = new ErrorHandling(List.of(), List.of());

  /**
   * One element of Retry.
   *
   * @param errorEquals error names that it matches
   * @param intervalSeconds before the first retry
   * @param maxAttempts retries, 0 for none
   * @param backoffRate factor from one interval to the next
   * @param maxDelaySeconds ceiling of an interval, null for none
   * @param fullJitter whether an interval is drawn between 0 and its length
   */
  public record Retrier(
      List<String> errorEquals,
      double intervalSeconds,
      int maxAttempts,
      double backoffRate,
      @Nullable Double maxDelaySeconds,
      boolean fullJitter) {}

  /**
   * One element of Catch.
   *
   * @param errorEquals error names that it matches
   * @param next the state to continue with
   * @param resultPath where the error output goes (JSONPath)
   * @param output the next state's input (JSONata)
   * @param assign variables to set
   */
  public record Catcher(
      List<String> errorEquals,
      String next,
      ResultTarget resultPath,
      @Nullable PayloadTemplate output,
      @Nullable PayloadTemplate assign) {}
}
