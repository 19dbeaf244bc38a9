// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

/** Carries out one operation. Called on a virtual thread; may block through the clock. */
@FunctionalInterface
public interface OperationHandler {
  /**
   * Carries it out.
   *
   * @throws AwsException when the answer is an error
   */
  Output handle(Input input, CallContext context);
}
