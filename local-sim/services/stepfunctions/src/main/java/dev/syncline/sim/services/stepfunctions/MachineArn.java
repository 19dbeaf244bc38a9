// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a state machine, taken apart.
 *
 * @param base without version, alias, label and test case
 * @param qualifier a version's number or an alias' name, null for none
 * @param label of a distributed Map, null for none
 * @param testCase the text after {@code #}, as Step Functions Local takes it; null for none
 */
record MachineArn(
    String base, @Nullable String qualifier, @Nullable String label, @Nullable String testCase) {
  private static final Pattern FORM =
      Pattern.compile(
          "(arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:stateMachine:[^:/#\\s]+)"
              + "(?:/([^:/#\\s]+))?(?::([^:/#\\s]+))?(?:#([^:/\\s]+))?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** Takes an ARN apart, or refuses it as the service does. */
  static MachineArn parse(String arn) {
    Matcher match = FORM.matcher(arn);
    if (arn.length() > 2000 || !match.matches()) {
      throw StepFunctionsErrors.invalidArn(arn, "stateMachine");
    }
    return new MachineArn(match.group(1), match.group(3), match.group(2), match.group(4));
  }

  /** Refuses the ARN of a distributed Map within a machine: documented, the words are ours. */
  MachineArn withoutLabel() {
    if (label != null) {
      throw StepFunctionsErrors.labeledArn(text());
    }
    return this;
  }

  /** The version's number, null when the qualifier is not a version. */
  @Nullable Integer version() {
    return qualifier != null && NUMBER.matcher(qualifier).matches()
        ? Integer.valueOf(qualifier)
        : null;
  }

  /** As given, without the test case. */
  String text() {
    return base + (label == null ? "" : "/" + label) + (qualifier == null ? "" : ":" + qualifier);
  }
}
