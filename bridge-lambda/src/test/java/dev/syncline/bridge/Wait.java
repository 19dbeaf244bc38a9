// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.util.function.BooleanSupplier;

/** Waits until another thread has made a condition true; fails after a time limit. */
public final class Wait {

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private Wait() {}

  public static void until(BooleanSupplier reached) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("never got there");
      }
      Thread.yield();
    }
  }
}
