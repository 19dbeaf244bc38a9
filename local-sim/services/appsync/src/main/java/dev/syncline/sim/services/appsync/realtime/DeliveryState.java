// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

/** Whether an open connection still delivers frames. Thread-safe. */
public final class DeliveryState {
  private volatile boolean silent;

  /** Whether it delivers nothing any more. */
  public boolean silent() {
    return silent;
  }

  /** Stops all further frames. */
  public void silence() {
    silent = true;
  }
}
