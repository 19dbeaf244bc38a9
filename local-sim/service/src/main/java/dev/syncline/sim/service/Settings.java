// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values that users set for the rooms, at most one of each type. Immutable. */
public final class Settings {
  /** No values: every room uses its defaults. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<Class<?>, Object> values;

  private Settings(Map<Class<?>, Object> values) {
    this.values = values;
  }

  /** These settings with {@code value} in place of another of its type. */
  public Settings with(Object value) {
    var all = new LinkedHashMap<>(values);
    all.put(value.getClass(), value);
    return new Settings(Map.copyOf(all));
  }

  /** The value of that type, {@code otherwise} when none is set. */
  public <T> T get(Class<T> type, T otherwise) {
    Object value = values.get(type);
    return value == null ? otherwise : type.cast(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.values().toString();
  }
}
