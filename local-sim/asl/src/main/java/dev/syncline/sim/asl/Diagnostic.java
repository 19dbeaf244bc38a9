// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import org.jspecify.annotations.Nullable;

/**
 * A fault in a definition, in AWS's words where they are known.
 *
 * @param severity error or warning
 * @param code such as {@code SCHEMA_VALIDATION_FAILED}
 * @param message the text
 * @param location JSON pointer (arrays as {@code Choices[0]}), null where AWS gives none
 */
public record Diagnostic(
    Severity severity, String code, String message, @Nullable String location) {

  /** A schema error: the code of most diagnostics. */
  public static final String SCHEMA_VALIDATION_FAILED = "SCHEMA_VALIDATION_FAILED";

  /** Not JSON, or not a JSON object. */
  public static final String INVALID_JSON_DESCRIPTION = "INVALID_JSON_DESCRIPTION";

  /** A transition to a missing state, or a state that no transition reaches. */
  public static final String MISSING_TRANSITION_TARGET = "MISSING_TRANSITION_TARGET";

  /** No state ends the flow. */
  public static final String MISSING_END_STATE = "MISSING_END_STATE";

  /** Two states of a machine have the same name, on any level. */
  public static final String DUPLICATE_STATE_NAME = "DUPLICATE_STATE_NAME";

  /** A JSONata expression that cannot be parsed. */
  public static final String INVALID_JSONATA_EXPRESSION = "INVALID_JSONATA_EXPRESSION";

  /** A JSONata expression that Step Functions does not support. */
  public static final String UNSUPPORTED_JSONATA_EXPRESSION = "UNSUPPORTED_JSONATA_EXPRESSION";

  /** Valid on AWS, but this engine cannot run it; the message names the part. */
  public static final String UNSUPPORTED_HERE = "UNSUPPORTED_BY_LOCAL_SIM";

  /** Whether the definition is invalid. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** An error. */
  public static Diagnostic error(String code, String message, @Nullable String location) {
    return new Diagnostic(Severity.ERROR, code, message, location);
  }

  /** {@code CODE: message at location}, as CreateStateMachine writes it. */
  @Override
  public String toString() {
    return code + ": " + message + (location == null ? "" : " at " + location);
  }
}
