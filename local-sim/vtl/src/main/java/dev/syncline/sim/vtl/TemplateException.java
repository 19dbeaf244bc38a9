// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/** A template that cannot be parsed or rendered. Its message names line and column if known. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String reason;
  private final Kind kind;

  /** At what a template failed. */
  public enum Kind {
    /** It cannot be parsed. */
    MALFORMED,
    /** A method of Java's threw; the reason names it: {@code 'get(java.lang.Integer)' in TYPE}. */
    METHOD,
    /** It is over a limit. */
    LIMIT,
    /** It uses something that is not available, or failed otherwise. */
    OTHER
  }

  TemplateException(String reason, int line, int column) {
    this(reason, reason, line, column, Kind.OTHER);
  }

  TemplateException(String shown, String reason, int line, int column, Kind kind) {
    super(shownAt(shown, line, column));
    this.line = line;
    this.column = column;
    this.reason = reason;
    this.kind = kind;
  }

  private static String shownAt(String reason, int line, int column) {
    return line > 0 ? reason + " (line " + line + ", column " + column + ")" : reason;
  }

  /** At what it failed. */
  public Kind kind() {
    return kind;
  }

  /** The reason without the position. */
  public String reason() {
    return reason;
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
