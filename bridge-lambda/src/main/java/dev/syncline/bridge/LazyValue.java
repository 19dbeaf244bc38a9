// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a value once, at its first use. A failure is not cached. Thread-safe. */
final class LazyValue<T> implements Supplier<T> {

  private final Supplier<? extends T> maker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable T made;

  LazyValue(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T thing = made;
    if (thing != null) {
      return thing;
    }
    lock.lock();
    try {
      thing = made;
      if (thing == null) {
        thing = maker.get();
        made = thing;
      }
      return thing;
    } finally {
      lock.unlock();
    }
  }

  /** The value, or null if it has not been created. */
  @Nullable T ifMade() {
    return made;
  }
}
