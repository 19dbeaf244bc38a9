// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

/** Whether an open connection still delivers frames. Thread-safe. */
final class DeliveryState {
  private volatile boolean silent;

  boolean silent() {
    return silent;
  }

  void silence() {
    silent = true;
  }
}
