// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import java.util.Map;

/**
 * States and where to begin: a state machine, a Parallel branch, or an item processor.
 *
 * @param startAt name of the first state
 * @param states by name, in the order of the definition
 */
public record Flow(String startAt, Map<String, State> states) {
  /** The state of that name; the parser has made sure that it exists. */
  public State state(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalStateException("No state is named '" + name + "'");
    }
    return state;
  }
}
