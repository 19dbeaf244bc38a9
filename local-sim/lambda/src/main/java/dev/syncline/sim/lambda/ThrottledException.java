// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

/** A concurrency limit is reached. Not a defect, so it carries no stack trace. */
public final class ThrottledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  ThrottledException(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** As Lambda's {@code ThrottleReason} names it. */
  public String reason() {
    return reason;
  }
}
