// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory of request bodies over all connections: of those that are being received and of
 * those whose requests are being answered. Thread-safe.
 */
final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * An unused budget.
   *
   * @param most in bytes
   */
  BodyBudget(long most) {
    this.most = most;
  }

  /** Takes that many bytes; false, and takes nothing, when fewer are left. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives bytes back that were {@linkplain #take taken}. */
  void giveBack(int bytes) {
    taken.addAndGet(-bytes);
  }

  /** How much is taken, in bytes. */
  long taken() {
    return taken.get();
  }
}
