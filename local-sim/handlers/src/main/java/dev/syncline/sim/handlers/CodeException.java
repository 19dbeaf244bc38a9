// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.util.List;
import java.util.stream.Collectors;

/** Code that APPSYNC_JS refuses. */
public final class CodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<CodeError> errors;

  CodeException(List<CodeError> errors) {
    super(errors.stream().map(CodeError::value).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /** Code without a function that it must export. */
  public static CodeException missingExport(String function) {
    return new CodeException(
        List.of(
            new CodeError(
                "RUNTIME_ERROR",
                CodeCheck.FILE + "(1,1): error the code must export the function " + function,
                1,
                1,
                1)));
  }

  /** Its faults, in the order of the text; at least one. */
  public List<CodeError> errors() {
    return errors;
  }
}
