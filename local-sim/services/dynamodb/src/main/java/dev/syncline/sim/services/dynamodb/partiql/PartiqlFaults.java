// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;

/** The faults of statements, in AWS's words. */
final class PartiqlFaults {
  private PartiqlFaults() {}

  /**
   * A statement that cannot be read.
   *
   * @param detail empty for one that cannot even be split into tokens
   */
  static ValidationFault malformed(String detail) {
    return bare("Statement wasn't well formed, can't be processed: " + detail);
  }

  /** A statement that asks for something that DynamoDB refuses. */
  static ValidationFault bare(String sentence) {
    return ValidationFault.bare(sentence);
  }

  /** The fault of a token that stands where an operand or condition should start. */
  static ValidationFault unexpected(PartiqlToken token) {
    if (PartiqlKeywords.isOperator(token)) {
      return malformed("Unexpected operator");
    }
    return malformed(token.isKeyword() ? "Unexpected keyword" : "Unexpected term");
  }
}
