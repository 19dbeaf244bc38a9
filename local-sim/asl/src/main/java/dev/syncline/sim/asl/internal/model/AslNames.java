// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import java.util.Locale;

/** The names of states and history events, as AWS writes them. */
public final class AslNames {

  private AslNames() {}

  /**
   * A constant's name as one word with capitals: for {@code TASK_TIMED_OUT} it is {@code
   * TaskTimedOut}.
   */
  public static String pascal(String constant) {
    var name = new StringBuilder();
    for (String word : constant.split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
