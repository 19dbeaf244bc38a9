// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code $util.list} and {@code $util.map}: copies that keep the order. Stateless. */
final class CollectionFunctions {
  static final FunctionTable LIST =
      new FunctionTable("$util.list")
          .add(
              "copyAndRetainAll",
              (run, in) -> elements(in.get(0), in.get(1), true),
              List.class,
              List.class)
          .add(
              "copyAndRemoveAll",
              (run, in) -> elements(in.get(0), in.get(1), false),
              List.class,
              List.class)
          .add(
              "sortList",
              (run, in) -> sorted(in.get(0), Boolean.TRUE.equals(in.get(1)), in.needed(2)),
              List.class,
              Boolean.class,
              String.class);

  static final FunctionTable MAP =
      new FunctionTable("$util.map")
          .add(
              "copyAndRetainAllKeys",
              (run, in) -> members(in.get(0), in.get(1), true),
              Map.class,
              List.class)
          .add(
              "copyAndRemoveAllKeys",
              (run, in) -> members(in.get(0), in.get(1), false),
              Map.class,
              List.class);

  private CollectionFunctions() {}

  private static Collection<?> collection(@Nullable Object value) {
    return value instanceof Collection<?> collection ? collection : List.of();
  }

  private static Set<@Nullable Object> set(@Nullable Object value) {
    return new HashSet<>(collection(value));
  }

  private static List<@Nullable Object> elements(
      @Nullable Object list, @Nullable Object others, boolean retained) {
    Set<@Nullable Object> named = set(others);
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object element : collection(list)) {
      if (named.contains(element) == retained) {
        copy.add(element);
      }
    }
    return copy;
  }

  private static Map<Object, @Nullable Object> members(
      @Nullable Object map, @Nullable Object keys, boolean retained) {
    Set<@Nullable Object> named = set(keys);
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    if (map instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (named.contains(member.getKey()) == retained) {
          copy.put(member.getKey(), member.getValue());
        }
      }
    }
    return copy;
  }

  /** Sorts by a member of the elements, or by the elements where they are not maps. */
  private static List<@Nullable Object> sorted(
      @Nullable Object list, boolean descending, String key) {
    Comparator<@Nullable Object> order =
        Comparator.comparing(
            element -> element instanceof Map<?, ?> map ? map.get(key) : element,
            CollectionFunctions::compare);
    List<@Nullable Object> copy = new ArrayList<>(collection(list));
    copy.sort(descending ? order.reversed() : order);
    return copy;
  }

  private static int compare(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    if (one instanceof Number && other instanceof Number) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
    }
    return one.toString().compareTo(other.toString());
  }
}
