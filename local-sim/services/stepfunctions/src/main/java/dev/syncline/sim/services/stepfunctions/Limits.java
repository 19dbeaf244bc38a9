// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.Input;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of the service's model and the texts with which they are refused, as recorded.
 */
final class Limits {
  private Limits() {}

  /** Reads a required ARN; {@code type} names the kind of resource in the error. */
  static String arn(Input input, String member, Pattern pattern, String type) {
    String arn = input.requiredText(member);
    if (!pattern.matcher(arn).matches()) {
      throw StepFunctionsErrors.invalidArn(arn, type);
    }
    return arn;
  }

  /** Refuses a text that is not one of {@code allowed}. */
  static void requireOneOf(String value, String member, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw StepFunctionsErrors.constraint(
          "Value '" + value + "'", member, "satisfy enum value set: " + allowed);
    }
  }

  /** Returns a text of at most {@code most} characters, or refuses it. */
  static @Nullable String atMost(@Nullable String value, String member, int most) {
    if (value != null && value.length() > most) {
      throw StepFunctionsErrors.constraint(
          "Value" + (value.length() > 4096 ? "" : " '" + value + "'"),
          member,
          "have length less than or equal to " + most);
    }
    return value;
  }

  /** Refuses a number over {@code most}. */
  static void requireAtMost(long value, String member, long most) {
    if (value > most) {
      throw StepFunctionsErrors.constraint(
          "Value '" + value + "'", member, "have value less than or equal to " + most);
    }
  }

  /** Refuses a number below {@code least}. */
  static void requireAtLeast(long value, String member, long least) {
    if (value < least) {
      throw StepFunctionsErrors.constraint(
          "Value '" + value + "'", member, "have value greater than or equal to " + least);
    }
  }
}
