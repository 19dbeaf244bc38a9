// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in a response.
 *
 * @param parent the enclosing value; null for root fields
 * @param field the field, also for elements of its list
 * @param index the index in the list; -1 for the field itself
 * @param container what holds the value
 * @param shape the type at this position
 */
record Place(
    @Nullable Place parent,
    PlannedField field,
    int index,
    ContainerNode<?> container,
    OutputShape shape) {
  void set(JsonNode value) {
    if (container instanceof ArrayNode array) {
      array.set(index, value);
    } else if (container instanceof ObjectNode object) {
      object.set(field.key, value);
    }
  }

  /**
   * Makes the nearest position null that may be: this one, or one around it.
   *
   * @return false when no position up to the root may be null
   */
  boolean makeNull() {
    for (Place place = this; place != null; place = place.parent) {
      if (!place.shape.nonNull()) {
        place.set(NullNode.instance);
        return true;
      }
    }
    return false;
  }

  /** Keys and indexes from the root. */
  List<Object> path() {
    List<Object> path = new ArrayList<>();
    for (Place place = this; place != null; place = place.parent) {
      path.add(place.index < 0 ? place.field.key : (Object) place.index);
    }
    Collections.reverse(path);
    return path;
  }

  /** The path as text, such as {@code /a/items[0]/x}. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Object segment : path()) {
      if (segment instanceof Integer index) {
        text.append('[').append((int) index).append(']');
      } else {
        text.append('/').append(segment);
      }
    }
    return text.toString();
  }

  /** Where this place stands in a response that is read from the top. */
  int[] order() {
    int length = 0;
    for (Place place = this; place != null; place = place.parent) {
      length++;
    }
    int[] order = new int[length];
    for (Place place = this; place != null; place = place.parent) {
      order[--length] = place.index < 0 ? place.field.position : place.index;
    }
    return order;
  }
}
