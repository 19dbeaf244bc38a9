// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work;

/** Whole numbers in environment variables. */
public final class NumberSetting {
  private NumberSetting() {}

  /**
   * The number of a variable.
   *
   * @param kind names what the number is, such as {@code a number of milliseconds}
   * @param min at least 0
   * @throws IllegalArgumentException naming the variable and its range
   */
  public static long within(String variable, String kind, String text, long min, long max) {
    long value = text.matches("\\d{1,12}") ? Long.parseLong(text) : -1;
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          variable
              + " must be "
              + kind
              + " from "
              + min
              + " to "
              + max
              + ", but is \""
              + text
              + "\"");
    }
    return value;
  }
}
