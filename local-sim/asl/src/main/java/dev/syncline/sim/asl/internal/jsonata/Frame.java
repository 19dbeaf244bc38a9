// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a scope. Not thread-safe, unless nothing is bound any more. */
final class Frame {
  private final @Nullable Frame parent;
  private final Map<String, @Nullable Object> bindings = new HashMap<>();

  Frame(@Nullable Frame parent) {
    this.parent = parent;
  }

  /** A frame in which the bindings of a tuple can be seen. */
  static Frame ofTuple(Frame parent, Map<?, ?> tuple) {
    Frame frame = new Frame(parent);
    tuple.forEach((name, value) -> frame.bind(String.valueOf(name), value));
    return frame;
  }

  void bind(String name, @Nullable Object value) {
    bindings.put(name, value);
  }

  @Nullable Object lookup(String name) {
    Frame frame = this;
    while (frame != null) {
      if (frame.bindings.containsKey(name)) {
        return frame.bindings.get(name);
      }
      frame = frame.parent;
    }
    return null;
  }
}
