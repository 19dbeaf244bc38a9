// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Condition keys that are made when one is read first: most policies have no condition. Read on the
 * call's thread and before the operation, so that the keys describe what the call finds. Not
 * thread-safe.
 */
final class LazyKeys extends AbstractMap<String, List<String>> {
  private final Supplier<Map<String, List<String>>> source;
  private @Nullable Map<String, List<String>> made;

  LazyKeys(Supplier<Map<String, List<String>>> source) {
    this.source = source;
  }

  private Map<String, List<String>> made() {
    Map<String, List<String>> known = made;
    if (known == null) {
      known = Map.copyOf(source.get());
      made = known;
    }
    return known;
  }

  @Override
  public @Nullable List<String> get(Object key) {
    return made().get(key);
  }

  @Override
  public Set<Entry<String, List<String>>> entrySet() {
    return made().entrySet();
  }
}
