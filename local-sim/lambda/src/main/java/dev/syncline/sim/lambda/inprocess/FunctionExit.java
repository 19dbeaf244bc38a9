// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

/** Ends the thread of a function that called {@code System.exit}; its environment has ended. */
final class FunctionExit extends Error {
  private static final long serialVersionUID = 1L;

  FunctionExit(int status) {
    super("exit with status " + status, null, false, false);
  }
}
