// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The condition keys of one request. */
@FunctionalInterface
public interface ConditionKeys {
  /**
   * The values of a key; an empty list for an empty set, null for an absent key.
   *
   * @param name in lower case
   */
  @Nullable List<String> get(String name);

  /** Keys with names in any case. Immutable. */
  static ConditionKeys of(Map<String, List<String>> keys) {
    Map<String, List<String>> lowered = new HashMap<>(2 * keys.size());
    keys.forEach((key, values) -> lowered.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return lowered::get;
  }

  /**
   * Keys that are made when a policy reads one first: most policies read none. Not thread-safe.
   *
   * @param source is asked at most once; names in any case
   */
  static ConditionKeys lazily(Supplier<Map<String, List<String>>> source) {
    return new ConditionKeys() {
      private @Nullable ConditionKeys made;

      @Override
      public @Nullable List<String> get(String name) {
        ConditionKeys known = made;
        if (known == null) {
          known = of(source.get());
          made = known;
        }
        return known.get(name);
      }
    };
  }
}
