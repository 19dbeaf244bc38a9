// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An array with the marks that JSONata puts on arrays. An array that is marked as a sequence is
 * unwrapped when it holds one value, and is undefined when it holds none. Not thread-safe.
 */
public final class Sequence extends ArrayList<@Nullable Object> {
  private static final long serialVersionUID = 1L;

  /** Whether this is a sequence rather than an array of the data. */
  boolean sequence;

  /** Whether a sequence of one value stays an array. */
  boolean keepSingleton;

  /** Whether an array constructor made this as a step of a path. */
  boolean cons;

  /** Whether this wraps an input that is an array. */
  boolean outerWrapper;

  /** Whether the elements are tuples of variable bindings. */
  boolean tupleStream;

  private Sequence(int capacity) {
    super(capacity);
  }

  /** An empty array of the data. */
  public static Sequence array() {
    return new Sequence(8);
  }

  /** An array of the data with these elements. */
  static Sequence arrayOf(Collection<? extends @Nullable Object> elements) {
    Sequence array = new Sequence(elements.size());
    array.addAll(elements);
    return array;
  }

  /** An empty sequence. */
  static Sequence create() {
    Sequence created = new Sequence(8);
    created.sequence = true;
    return created;
  }

  /** A sequence of one value, which may be undefined. */
  static Sequence of(@Nullable Object value) {
    Sequence created = create();
    created.add(value);
    return created;
  }

  /** Both as one array of the data; an undefined side gives the other. */
  static @Nullable Object append(@Nullable Object first, @Nullable Object second) {
    if (first == null) {
      return second;
    }
    if (second == null) {
      return first;
    }
    Sequence all = array();
    addTo(all, first);
    addTo(all, second);
    return all;
  }

  private static void addTo(Sequence all, Object value) {
    if (value instanceof Sequence elements) {
      all.addAll(elements);
    } else {
      all.add(value);
    }
  }
}
