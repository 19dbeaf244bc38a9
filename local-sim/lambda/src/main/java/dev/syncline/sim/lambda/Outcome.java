// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What an environment made of an invocation, or of its own start.
 *
 * @param payload the answer, or the error as JSON
 * @param errorType null when it went well
 * @param lost whether the environment cannot be used again
 */
public record Outcome(byte[] payload, @Nullable String errorType, boolean lost) {

  /** It went well. */
  public static Outcome success(byte[] payload) {
    return new Outcome(payload, null, false);
  }

  /** It went wrong. */
  public static Outcome failure(byte[] payload, String errorType, boolean lost) {
    return new Outcome(payload, errorType, lost);
  }
}
