// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Values by key until their time has passed. When it is full, the values that were not used for the
 * longest time go. Thread-safe.
 */
final class CacheEntries {
  /** Characters of all keys and values, and a fixed size for each. */
  static final long MAX_SIZE = 64L << 20;

  private static final long FIXED = 256;

  private final SimClock clock;
  private final long maxSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  private record Entry(JsonNode value, Instant end, long size) {}

  CacheEntries(SimClock clock, long maxSize) {
    this.clock = clock;
    this.maxSize = maxSize;
  }

  @Nullable JsonNode get(String key) {
    lock.lock();
    try {
      Entry entry = entries.get(key);
      if (entry == null) {
        return null;
      }
      if (!clock.now().isBefore(entry.end())) {
        remove(key);
        return null;
      }
      return entry.value();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the value, unless it is larger than the cache. The value must not be changed later. */
  void put(String key, JsonNode value, Duration ttl) {
    long own = FIXED + key.length() + value.toString().length();
    lock.lock();
    try {
      remove(key);
      if (own > maxSize) {
        return;
      }
      entries.put(key, new Entry(value, clock.now().plus(ttl), own));
      size += own;
      Iterator<Entry> oldest = entries.values().iterator();
      while (size > maxSize && oldest.hasNext()) {
        size -= oldest.next().size();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there was a value whose time had not passed. */
  boolean evict(String key) {
    lock.lock();
    try {
      Entry entry = remove(key);
      return entry != null && clock.now().isBefore(entry.end());
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      entries.clear();
      size = 0;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry remove(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      size -= entry.size();
    }
    return entry;
  }
}
