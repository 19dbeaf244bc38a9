// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.work.NumberSetting;
import java.time.Duration;
import java.util.Map;

/** Reads the variables of backends. Stateless and thread-safe. */
final class BackendSettings {

  private static final Duration FIND_TIMEOUT = Duration.ofMillis(1_500);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(3);

  private BackendSettings() {}

  /**
   * {@code FIND_TIMEOUT_MS}: how long polling a backend may take; default 1,500, so that a request
   * can poll shortly before its deadline.
   *
   * @throws IllegalArgumentException naming the variable
   */
  static Duration findTimeout(Map<String, String> environment) {
    return millis(environment, "FIND_TIMEOUT_MS", FIND_TIMEOUT);
  }

  /**
   * {@code START_TIMEOUT_MS}: how long the backend may take to answer a start; 3,000 by default.
   *
   * @throws IllegalArgumentException naming the variable
   */
  static Duration startTimeout(Map<String, String> environment) {
    return millis(environment, "START_TIMEOUT_MS", START_TIMEOUT);
  }

  /** How long connecting to the backend may take: a third of {@link #startTimeout}. */
  static Duration connectTimeout(Map<String, String> environment) {
    Duration third = startTimeout(environment).dividedBy(3);
    return third.toMillis() == 0 ? Duration.ofMillis(1) : third;
  }

  private static Duration millis(
      Map<String, String> environment, String name, Duration defaultValue) {
    String text = optional(environment, name);
    if (text.isEmpty()) {
      return defaultValue;
    }
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          name + " must be a number of milliseconds from 1 to 999999, but is \"" + text + "\"");
    }
    return Duration.ofMillis(Long.parseLong(text));
  }

  /**
   * A number of milliseconds.
   *
   * @throws IllegalArgumentException naming the variable
   */
  static long millis(
      Map<String, String> environment, String name, long defaultValue, long min, long max) {
    String text = optional(environment, name);
    if (text.isEmpty()) {
      return defaultValue;
    }
    return NumberSetting.within(name, "a number of milliseconds", text, min, max);
  }

  /** The variable's value; empty if it is not set. */
  static String optional(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /**
   * The variable's value, which must match the pattern.
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
