// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import org.jspecify.annotations.Nullable;

/** The eight state types, in the order AWS lists them. */
public enum StateType {
  TASK("Task"),
  WAIT("Wait"),
  PASS("Pass"),
  SUCCEED("Succeed"),
  FAIL("Fail"),
  CHOICE("Choice"),
  PARALLEL("Parallel"),
  MAP("Map");

  private final String asl;

  StateType(String asl) {
    this.asl = asl;
  }

  /** The name in a definition. */
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
