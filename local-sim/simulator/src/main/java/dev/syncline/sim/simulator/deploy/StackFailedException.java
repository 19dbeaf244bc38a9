// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.deploy;

/** A stack was not created or updated; the message names the resource and the reason. */
public final class StackFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with its reason. */
  public StackFailedException(String message) {
    super(message);
  }
}
