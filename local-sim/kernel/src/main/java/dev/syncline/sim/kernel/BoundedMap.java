// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that drops its first entry when it has more than a number of them. Not thread-safe. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int maxEntries;

  private BoundedMap(int maxEntries, boolean byUse) {
    super(16, 0.75f, byUse);
    this.maxEntries = maxEntries;
  }

  /** A map that drops the entry that was put first. */
  public static <K, V> BoundedMap<K, V> byAge(int maxEntries) {
    return new BoundedMap<>(maxEntries, false);
  }

  /** A map that drops the entry that was longest not used. */
  public static <K, V> BoundedMap<K, V> byUse(int maxEntries) {
    return new BoundedMap<>(maxEntries, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxEntries;
  }
}
