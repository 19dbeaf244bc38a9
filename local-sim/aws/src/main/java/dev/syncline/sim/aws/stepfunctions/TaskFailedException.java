// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

/** A Task's work failed; the state machine's Retry and Catch decide what becomes of it. */
final class TaskFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String cause;

  TaskFailedException(String error, String cause) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
  }

  /** The error name that ErrorEquals matches. */
  String error() {
    return error;
  }

  /** The cause. */
  String cause() {
    return cause;
  }
}
