// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

/** A path, intrinsic call or JSONata expression that cannot be parsed; the message says why. */
public final class QuerySyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With AWS's or the parser's words. */
  public QuerySyntaxException(String message) {
    super(message, null, false, false);
  }

  /** The words. */
  public String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
