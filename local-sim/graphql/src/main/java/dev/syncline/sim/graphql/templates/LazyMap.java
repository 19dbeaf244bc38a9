// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map whose members are made when they are read first. Hidden members are found by name, but not
 * among the entries. Not thread-safe.
 */
final class LazyMap extends AbstractMap<String, @Nullable Object> {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
  private final Map<String, Supplier<? extends @Nullable Object>> hidden = new LinkedHashMap<>();

  private record Later(Supplier<? extends @Nullable Object> value) {}

  /** Adds a member that is made when it is read. */
  LazyMap later(String name, Supplier<? extends @Nullable Object> value) {
    members.put(name, new Later(value));
    return this;
  }

  /** Adds a member that is found by name only. */
  LazyMap hidden(String name, Supplier<? extends @Nullable Object> value) {
    hidden.put(name, value);
    return this;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    Object value = members.get(key);
    if (value instanceof Later later) {
      value = later.value().get();
      members.put(String.valueOf(key), value);
    } else if (value == null && hidden.containsKey(key)) {
      return hidden.get(key).get();
    }
    return value;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return members.containsKey(key) || hidden.containsKey(key);
  }

  @Override
  public @Nullable Object put(String key, @Nullable Object value) {
    return members.put(key, value);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
      if (member.getValue() instanceof Later later) {
        member.setValue(later.value().get());
      }
    }
    return members.entrySet();
  }
}
