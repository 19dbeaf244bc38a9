// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

/** A deployment that failed or was refused; the simulator itself continues. */
final class StackFailure extends Failure {
  private static final long serialVersionUID = 1L;

  StackFailure(String message) {
    super(message);
  }
}
