// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import org.jspecify.annotations.Nullable;

/** The eight state types, in the order AWS lists them. */
public enum StateType {
  TASK,
  WAIT,
  PASS,
  SUCCEED,
  FAIL,
  CHOICE,
  PARALLEL,
  MAP;

  private final String asl = AslNames.pascal(name());

  /** The name in a definition: for {@code TASK} it is {@code Task}. */
  public String asl() {
    return asl;
  }

  /** The type of that name, null if no type has it. */
  public static @Nullable StateType byName(String name) {
    for (StateType type : values()) {
      if (type.asl.equals(name)) {
        return type;
      }
    }
    return null;
  }
}
