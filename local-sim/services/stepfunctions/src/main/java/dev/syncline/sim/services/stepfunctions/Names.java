// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

/** The rule for names of state machines and executions. Source: the service's API reference. */
final class Names {
  private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

  private Names() {}

  /** Returns the name, or refuses it as the service does. */
  static String require(String name) {
    if (name.isEmpty() || name.length() > 80) {
      throw StepFunctionsErrors.invalidName(name);
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isWhitespace(c)
          || FORBIDDEN.indexOf(c) >= 0
          || Character.isISOControl(c)
          || Character.isSurrogate(c)
          || c >= '\uFFFE') {
        throw StepFunctionsErrors.invalidName(name);
      }
    }
    return name;
  }
}
