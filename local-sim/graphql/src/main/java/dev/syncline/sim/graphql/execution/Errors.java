// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The errors of one execution, shown in the order of their places in the response. Not thread-safe.
 */
final class Errors {
  /** Errors of a response at most; later ones are left out. */
  static final int MAX_ERRORS = 10_000;

  private static final int[] FIRST = {};

  private static final class Entry {
    private final int[] order;
    private final ObjectNode error;

    Entry(int[] order, ObjectNode error) {
      this.order = order;
      this.error = error;
    }
  }

  private final List<Entry> entries = new ArrayList<>(2);

  /** Adds an error; without a place it is shown first. */
  void add(@Nullable Place place, ObjectNode error) {
    if (entries.size() < MAX_ERRORS) {
      entries.add(new Entry(place == null ? FIRST : place.order(), error));
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean isFull() {
    return entries.size() >= MAX_ERRORS;
  }

  ArrayNode shown() {
    entries.sort((one, other) -> Arrays.compare(one.order, other.order));
    ArrayNode shown = JsonNodeFactory.instance.arrayNode(entries.size());
    entries.forEach(entry -> shown.add(entry.error));
    return shown;
  }
}
