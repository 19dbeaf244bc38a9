// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import org.jspecify.annotations.Nullable;

/**
 * The result of an invocation, or of the start of an environment.
 *
 * @param payload the answer, or the error as JSON
 * @param errorType null for a success
 * @param lost whether the environment cannot be used again
 */
public record FunctionOutcome(byte[] payload, @Nullable String errorType, boolean lost) {

  /** A success. */
  public static FunctionOutcome success(byte[] payload) {
    return new FunctionOutcome(payload, null, false);
  }

  /** A failure. */
  public static FunctionOutcome failure(byte[] payload, String errorType, boolean lost) {
    return new FunctionOutcome(payload, errorType, lost);
  }
}
