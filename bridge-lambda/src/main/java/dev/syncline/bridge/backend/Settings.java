// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Map;

/** Reads a backend's variables. Stateless and thread-safe. */
final class Settings {

  private Settings() {}

  /** The variable's value; empty if it is not set. */
  static String optional(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /**
   * The variable's value, which must match.
   *
   * @throws IllegalArgumentException naming the variable
   */
  static String required(
      Map<String, String> environment, String name, String pattern, String what) {
    String value = optional(environment, name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set; set it to " + what);
    }
    if (!value.matches(pattern)) {
      throw new IllegalArgumentException(
          name + " must be " + what + " and match " + pattern + ", but is \"" + value + "\"");
    }
    return value;
  }
}
