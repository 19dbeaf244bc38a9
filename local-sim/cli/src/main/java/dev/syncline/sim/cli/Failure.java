// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

/** An error that the user reads in one line; ends the command with status 1. No stack trace. */
class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message, null, false, false);
  }

  /** The reason of an exception in one line: its message, or its name where it has none. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
