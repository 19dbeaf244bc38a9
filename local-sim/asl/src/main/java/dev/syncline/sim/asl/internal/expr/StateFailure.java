// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import org.jspecify.annotations.Nullable;

/**
 * A state cannot continue. Carries AWS's error name and its words without the "An error occurred
 * while executing the state" prefix, which the interpreter adds because only it knows the event id.
 */
public final class StateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String detail;
  private final boolean prefixed;
  private final @Nullable String location;

  private StateFailure(String error, String detail, boolean prefixed, @Nullable String location) {
    super(error + ": " + detail, null, false, false);
    this.error = error;
    this.detail = detail;
    this.prefixed = prefixed;
    this.location = location;
  }

  /** {@code States.Runtime}: never retried, never caught. */
  public static StateFailure runtime(String detail) {
    return new StateFailure("States.Runtime", detail, true, null);
  }

  /** {@code States.IntrinsicFailure}. */
  public static StateFailure intrinsic(String detail) {
    return new StateFailure("States.IntrinsicFailure", detail, true, null);
  }

  /** {@code States.QueryEvaluationError}; {@code location} is the field, null if unknown. */
  public static StateFailure evaluation(@Nullable String location, String detail) {
    return new StateFailure("States.QueryEvaluationError", detail, true, location);
  }

  /** {@code States.DataLimitExceeded} of the Assign field. */
  public static StateFailure variables(String detail) {
    return new StateFailure("States.DataLimitExceeded", detail, true, "Assign");
  }

  /** Any other error, whose cause AWS reports without a prefix. */
  public static StateFailure plain(String error, String cause) {
    return new StateFailure(error, cause, false, null);
  }

  /** The error name. */
  public String error() {
    return error;
  }

  /** AWS's words. */
  public String detail() {
    return detail;
  }

  /** Whether the cause begins with the state's name and event id. */
  public boolean prefixed() {
    return prefixed;
  }

  /** The field of a query evaluation error. */
  public @Nullable String location() {
    return location;
  }

  /** Whether the history records it as EvaluationFailed. */
  public boolean isEvaluation() {
    return error.equals("States.QueryEvaluationError") || location != null;
  }
}
