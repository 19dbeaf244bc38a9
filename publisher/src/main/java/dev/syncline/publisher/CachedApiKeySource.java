// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Caches a fetched key until it is refused. A refusal that many threads observe fetches once. */
final class CachedApiKeySource implements ApiKeySource {
  private final Supplier<String> supplier;
  // A lock, not synchronized: the supplier does I/O, and on JDK 21 that would pin a virtual thread.
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String key;

  CachedApiKeySource(Supplier<String> supplier) {
    this.supplier = supplier;
  }

  @Override
  public String current() {
    String known = key;
    return known != null ? known : fetchUnless(null);
  }

  @Override
  public String after(String refused) {
    return fetchUnless(refused);
  }

  private String fetchUnless(@Nullable String refused) {
    lock.lock();
    try {
      String known = key;
      if (known != null && !known.equals(refused)) {
        return known;
      }
      String fetched = ApiKeyAuthorization.requireKey(supplier.get());
      key = fetched;
      return fetched;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "CachedApiKeySource[" + (key == null ? "nothing fetched yet" : "key held") + "]";
  }
}
