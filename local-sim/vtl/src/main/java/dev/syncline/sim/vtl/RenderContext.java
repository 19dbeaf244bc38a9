// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.AbstractContext;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one rendering. As in Velocity 1.7, setting a variable to null keeps its value,
 * and loops have {@code $velocityCount}. Not thread-safe.
 */
final class RenderContext extends AbstractContext {
  /** Stands for a null element of a collection, which clears the variable of its loop. */
  enum NullElement {
    /** The only one. */
    INSTANCE
  }

  private final Map<String, Object> variables;

  RenderContext(Map<String, ?> variables) {
    this.variables = new HashMap<>(variables);
    var cartridge = new EventCartridge();
    ReferenceInsertionEventHandler shown =
        (context, reference, value) -> {
          if (value == null) {
            return null;
          }
          RenderBudget.current().shown(value);
          return value.toString();
        };
    cartridge.addEventHandler(shown);
    cartridge.attachToContext(this);
  }

  @Override
  public @Nullable Object internalGet(String key) {
    Object value = variables.get(key);
    if (value == null && variables.get("foreach") instanceof ForeachScope loop) {
      return switch (key) {
        case "velocityCount" -> loop.getCount();
        case "velocityHasNext" -> loop.hasNext();
        default -> null;
      };
    }
    return value;
  }

  @Override
  public @Nullable Object internalPut(String key, @Nullable Object value) {
    if (value == null) {
      return variables.get(key);
    }
    if (value == NullElement.INSTANCE) {
      return variables.remove(key);
    }
    RenderBudget.current().kept(value);
    return variables.put(key, value);
  }

  @Override
  public boolean internalContainsKey(String key) {
    return variables.containsKey(key);
  }

  @Override
  public String[] internalGetKeys() {
    return variables.keySet().toArray(new String[0]);
  }

  @Override
  public @Nullable Object internalRemove(String key) {
    return variables.remove(key);
  }
}
