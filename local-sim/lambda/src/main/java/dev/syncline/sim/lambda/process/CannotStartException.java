// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

/** An environment cannot be started; the message is for the function's developer. */
public final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the text after {@code Error: } in Lambda's {@code Runtime.InvalidEntrypoint}. */
  public CannotStartException(String message) {
    super(message);
  }
}
