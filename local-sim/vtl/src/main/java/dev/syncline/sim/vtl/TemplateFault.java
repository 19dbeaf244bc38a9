// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/**
 * Ends a rendering from inside Velocity or a {@link TemplateObject}; the engine adds the position.
 */
public final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault without a stack trace: it is the template's, not the program's. */
  public TemplateFault(String reason) {
    super(reason, null, false, false);
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
