// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.service.AwsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of the service's model and the texts with which they are refused, as recorded.
 */
final class Limits {
  private Limits() {}

  /** Refuses a text that is not one of {@code allowed}. */
  static void requireOneOf(String value, String member, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw broken("Value '" + value + "'", member, "satisfy enum value set: " + allowed);
    }
  }

  /** Gives a text back that is not longer than {@code most} characters. */
  static @Nullable String atMost(@Nullable String value, String member, int most) {
    if (value != null && value.length() > most) {
      throw broken(
          "Value" + (value.length() > 4096 ? "" : " '" + value + "'"),
          member,
          "have length less than or equal to " + most);
    }
    return value;
  }

  /** Refuses a number over {@code most}. */
  static void requireAtMost(long value, String member, long most) {
    if (value > most) {
      throw broken("Value '" + value + "'", member, "have value less than or equal to " + most);
    }
  }

  /** Refuses a number below {@code least}. */
  static void requireAtLeast(long value, String member, long least) {
    if (value < least) {
      throw broken("Value '" + value + "'", member, "have value greater than or equal to " + least);
    }
  }

  /** Refuses a value that breaks {@code rule}, which continues "Member must ". */
  static AwsException broken(String value, String member, String rule) {
    return AwsException.badRequest(
        "ValidationException",
        "1 validation error detected: "
            + value
            + " at '"
            + member
            + "' failed to satisfy constraint: Member must "
            + rule);
  }
}
