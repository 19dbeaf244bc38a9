// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The members of a set in one array, in ascending order, each once. Operations take time that does
 * not depend on hash codes, which a caller may have chosen to collide. Immutable.
 */
final class SortedMembers<T extends Comparable<T>> extends AbstractSet<T> {
  private final Class<T> type;
  private final T[] members;

  /** Takes over the array, which ascends and has no member twice. */
  SortedMembers(Class<T> type, T[] members) {
    this.type = type;
    this.members = members;
  }

  /** The collection itself where it is of this class, else a copy of it, each member once. */
  static <T extends Comparable<T>> SortedMembers<T> copyOf(
      Class<T> type, Collection<T> members, T[] none) {
    if (members instanceof SortedMembers<T> sorted) {
      return sorted;
    }
    T[] array = members.toArray(none);
    Arrays.sort(array);
    int kept = 0;
    for (int i = 0; i < array.length; i++) {
      if (i == 0 || array[i].compareTo(array[kept - 1]) != 0) {
        array[kept++] = array[i];
      }
    }
    return new SortedMembers<>(type, kept == array.length ? array : Arrays.copyOf(array, kept));
  }

  /** Whether a member stands beside an equal one in an array that ascends. */
  static <T extends Comparable<T>> boolean hasDuplicates(T[] ascending) {
    for (int i = 1; i < ascending.length; i++) {
      if (ascending[i].compareTo(ascending[i - 1]) == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    return members.length;
  }

  @Override
  public boolean contains(@Nullable Object member) {
    return type.isInstance(member) && Arrays.binarySearch(members, type.cast(member)) >= 0;
  }

  @Override
  public Iterator<T> iterator() {
    return Arrays.asList(members).iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SortedMembers<?> sorted
        ? Arrays.equals(members, sorted.members)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    int sum = 0;
    for (T member : members) {
      sum += member.hashCode();
    }
    return sum;
  }
}
