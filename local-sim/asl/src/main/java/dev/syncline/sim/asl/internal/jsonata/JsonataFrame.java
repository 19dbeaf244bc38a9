// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a scope. Thread-safe only after the last binding. */
final class JsonataFrame {
  private final @Nullable JsonataFrame parent;
  private final Map<String, @Nullable Object> bindings = new HashMap<>();

  JsonataFrame(@Nullable JsonataFrame parent) {
    this.parent = parent;
  }

  /** A frame in which the bindings of a tuple can be seen. */
  static JsonataFrame ofTuple(JsonataFrame parent, Map<?, ?> tuple) {
    JsonataFrame frame = new JsonataFrame(parent);
    tuple.forEach((name, value) -> frame.bind(String.valueOf(name), value));
    return frame;
  }

  void bind(String name, @Nullable Object value) {
    bindings.put(name, value);
  }

  @Nullable Object lookup(String name) {
    JsonataFrame frame = this;
    while (frame != null) {
      if (frame.bindings.containsKey(name)) {
        return frame.bindings.get(name);
      }
      frame = frame.parent;
    }
    return null;
  }
}
