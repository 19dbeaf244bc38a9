// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

/** A path led nowhere. The message is Jayway's, which AWS quotes; callers put it in context. */
public final class PathFailure extends Exception {
  private static final long serialVersionUID = 1L;

  PathFailure(String message) {
    super(message, null, false, false);
  }

  /** Jayway's words. */
  public String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
