// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes in two arrays, in the order of their names (by UTF-16 units): small, made without
 * hashing, and already in the order of the stored form. Immutable.
 */
final class SortedAttributes extends AbstractMap<String, AttributeValue> {
  static final SortedAttributes EMPTY = new SortedAttributes(new String[0], new AttributeValue[0]);

  /** Up to so many attributes, insertion sort beats a sort of places. */
  private static final int MAX_INSERTED = 24;

  private final String[] names;
  private final AttributeValue[] values;

  /** Takes over the arrays, which are as long as each other; the names ascend. */
  SortedAttributes(String[] names, AttributeValue[] values) {
    this.names = names;
    this.values = values;
  }

  /** The map itself where it is of this class, else a copy. */
  static SortedAttributes copyOf(Map<String, AttributeValue> map) {
    if (map instanceof SortedAttributes sorted) {
      return sorted;
    }
    if (map.isEmpty()) {
      return EMPTY;
    }
    var names = new String[map.size()];
    var values = new AttributeValue[names.length];
    int at = 0;
    for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
      names[at] = entry.getKey();
      values[at++] = entry.getValue();
    }
    return ofUnsorted(names, values);
  }

  /** Takes over the arrays; the names differ. */
  static SortedAttributes ofUnsorted(String[] names, AttributeValue[] values) {
    for (int i = 1; i < names.length; i++) {
      if (names[i - 1].compareTo(names[i]) > 0) {
        return sort(names, values);
      }
    }
    return new SortedAttributes(names, values);
  }

  private static SortedAttributes sort(String[] names, AttributeValue[] values) {
    return names.length <= MAX_INSERTED ? insert(names, values) : sortAll(names, values);
  }

  private static SortedAttributes insert(String[] names, AttributeValue[] values) {
    for (int i = 1; i < names.length; i++) {
      String name = names[i];
      AttributeValue value = values[i];
      int place = i;
      for (; place > 0 && names[place - 1].compareTo(name) > 0; place--) {
        names[place] = names[place - 1];
        values[place] = values[place - 1];
      }
      names[place] = name;
      values[place] = value;
    }
    return new SortedAttributes(names, values);
  }

  private static SortedAttributes sortAll(String[] names, AttributeValue[] values) {
    var order = new Integer[names.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(i -> names[i]));
    var sortedNames = new String[names.length];
    var sortedValues = new AttributeValue[names.length];
    for (int i = 0; i < order.length; i++) {
      sortedNames[i] = names[order[i]];
      sortedValues[i] = values[order[i]];
    }
    return new SortedAttributes(sortedNames, sortedValues);
  }

  /** As this map with one attribute added or replaced. */
  SortedAttributes with(String name, AttributeValue value) {
    int at = Arrays.binarySearch(names, name);
    if (at >= 0) {
      AttributeValue[] changed = values.clone();
      changed[at] = value;
      return new SortedAttributes(names, changed);
    }
    int place = -at - 1;
    String[] moreNames = Arrays.copyOf(names, names.length + 1);
    AttributeValue[] moreValues = Arrays.copyOf(values, names.length + 1);
    System.arraycopy(names, place, moreNames, place + 1, names.length - place);
    System.arraycopy(values, place, moreValues, place + 1, names.length - place);
    moreNames[place] = name;
    moreValues[place] = value;
    return new SortedAttributes(moreNames, moreValues);
  }

  /** As this map without one attribute; itself where it is absent. */
  SortedAttributes without(String name) {
    int at = Arrays.binarySearch(names, name);
    if (at < 0) {
      return this;
    }
    String[] lessNames = Arrays.copyOf(names, names.length - 1);
    AttributeValue[] lessValues = Arrays.copyOf(values, names.length - 1);
    System.arraycopy(names, at + 1, lessNames, at, names.length - at - 1);
    System.arraycopy(values, at + 1, lessValues, at, names.length - at - 1);
    return new SortedAttributes(lessNames, lessValues);
  }

  String name(int index) {
    return names[index];
  }

  AttributeValue value(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public @Nullable AttributeValue get(@Nullable Object name) {
    if (!(name instanceof String text)) {
      return null;
    }
    int at = Arrays.binarySearch(names, text);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String text && Arrays.binarySearch(names, text) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super AttributeValue> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SortedAttributes sorted
        ? Arrays.equals(names, sorted.names) && Arrays.equals(values, sorted.values)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (int i = 0; i < names.length; i++) {
      sum += names[i].hashCode() ^ values[i].hashCode();
    }
    return sum;
  }

  @Override
  public Set<Map.Entry<String, AttributeValue>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, AttributeValue>> {
    @Override
    public int size() {
      return names.length;
    }

    @Override
    public Iterator<Map.Entry<String, AttributeValue>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < names.length;
        }

        @Override
        public Map.Entry<String, AttributeValue> next() {
          if (next == names.length) {
            throw new NoSuchElementException();
          }
          int at = next++;
          return Map.entry(names[at], values[at]);
        }
      };
    }
  }
}
