// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that code changes as JSON and templates change as a map. It is converted only when the
 * other kind of reader comes. Not thread-safe.
 */
final class SharedValue {
  private @Nullable ObjectNode json;
  private @Nullable Map<String, @Nullable Object> map;

  SharedValue(ObjectNode json) {
    this.json = json;
  }

  ObjectNode json() {
    ObjectNode present = json;
    if (present == null) {
      present =
          map != null && JavaValues.json(map) instanceof ObjectNode object
              ? object
              : JavaValues.object();
      json = present;
      map = null;
    }
    return present;
  }

  void json(ObjectNode changed) {
    json = changed;
    map = null;
  }

  Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> present = map;
    if (present == null) {
      present = JavaValues.map(json());
      map = present;
      json = null;
    }
    return present;
  }
}
