// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;

/** The errors of evaluating a template. */
final class EvaluationErrors {
  private EvaluationErrors() {}

  static AwsException contextIsNotJson() {
    return AwsException.badRequest("BadRequestException", "'context' is not a JSON object.");
  }

  /** A text of at least two characters, as the service's model asks for. */
  static String required(Input input, String member, int most) {
    String text = input.text(member).orElse("");
    if (text.length() < 2 || text.length() > most) {
      throw AwsException.badRequest(
          "BadRequestException",
          "'" + member + "' must have 2 to " + most + " characters, not " + text.length() + ".");
    }
    return text;
  }
}
