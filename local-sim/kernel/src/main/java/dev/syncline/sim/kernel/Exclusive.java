// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock that work holds from its start to its end. Reentrant. Thread-safe. */
public final class Exclusive {
  private final ReentrantLock lock = new ReentrantLock();

  /** Runs the work while no other thread runs work under this lock, and returns its result. */
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
