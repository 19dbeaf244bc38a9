// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A definition that cannot become a state machine. The message is the one CreateStateMachine
 * answers with.
 */
public final class InvalidDefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  InvalidDefinitionException(List<Diagnostic> diagnostics) {
    super(
        "Invalid State Machine Definition: '"
            + diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining(", "))
            + "'");
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Everything that is wrong, in order. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
