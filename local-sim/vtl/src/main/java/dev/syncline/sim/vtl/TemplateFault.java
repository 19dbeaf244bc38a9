// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/**
 * Ends a rendering from inside Velocity or a {@link TemplateObject}; the engine adds the position.
 */
public final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String detail;
  private final TemplateException.Kind kind;

  /** A fault without a stack trace: it is the template's, not the program's. */
  public TemplateFault(String reason) {
    this(reason, reason, TemplateException.Kind.OTHER);
  }

  TemplateFault(String reason, String detail, TemplateException.Kind kind) {
    super(reason, null, false, false);
    this.detail = detail;
    this.kind = kind;
  }

  /** The exception for a place in the template. */
  TemplateException at(int line, int column) {
    return new TemplateException(String.valueOf(getMessage()), detail, line, column, kind);
  }
}
