// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

/** A path found nothing. The message is Jayway's, which AWS quotes; callers add the context. */
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
