// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * A regular expression needs more steps or more stack than the simulator allows. The message names
 * the pattern, shortened to 200 characters.
 */
public final class PatternTooCostlyException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  PatternTooCostlyException(String pattern, String why) {
    super("The regular expression '" + shown(pattern) + "' " + why, null, false, false);
  }

  private static String shown(String pattern) {
    return pattern.length() <= SHOWN ? pattern : pattern.substring(0, SHOWN) + "…";
  }
}
