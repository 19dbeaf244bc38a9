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

  /** Its faults, in the order of the text; at least one. */
  public List<CodeError> errors() {
    return errors;
  }
}
