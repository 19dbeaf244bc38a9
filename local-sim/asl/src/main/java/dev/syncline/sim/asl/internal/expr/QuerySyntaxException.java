// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

/** A path, intrinsic call or JSONata expression that cannot be parsed; the message says why. */
public final class QuerySyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean unsupported;

  /** With AWS's or the parser's words. */
  public QuerySyntaxException(String message) {
    this(message, false);
  }

  private QuerySyntaxException(String message, boolean unsupported) {
    super(message, null, false, false);
    this.unsupported = unsupported;
  }

  /** For what can be parsed, but not be used. */
  static QuerySyntaxException unsupported(String message) {
    return new QuerySyntaxException(message, true);
  }

  /** Whether it could be parsed. */
  public boolean isUnsupported() {
    return unsupported;
  }

  /** The words. */
  public String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
