// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/** A template that cannot be parsed or rendered. Its message names line and column if known. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  TemplateException(String reason, int line, int column) {
    super(line > 0 ? reason + " (line " + line + ", column " + column + ")" : reason);
    this.line = line;
    this.column = column;
  }

  /** From 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** From 1; 0 if it is not known. */
  public int column() {
    return column;
  }
}
