// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/**
 * A request that DynamoDB refuses with {@code ValidationException}. The engines throw it; the
 * operations turn it into the service's error, because the wording depends on the operation.
 * Carries no stack trace.
 */
public final class ValidationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the sentence is worded; see {@code Wording}. */
  public enum Kind {
    /**
     * Since 2026, PutItem, UpdateItem and other operations of the new request-validation framework
     * put {@code 1 validation error detected: } before the sentence.
     */
    REQUEST,
    /** The sentence stands alone in every operation. */
    BARE
  }

  private final Kind kind;
  private final String newText;

  private ValidationFault(Kind kind, String message, String newText) {
    super(message, null, false, false);
    this.kind = kind;
    this.newText = newText;
  }

  /** A fault in values or expressions of the request. */
  public static ValidationFault request(String sentence) {
    return new ValidationFault(Kind.REQUEST, sentence, sentence);
  }

  /** As above, where the new framework words the sentence differently. */
  public static ValidationFault request(String sentence, String newSentence) {
    return new ValidationFault(Kind.REQUEST, sentence, newSentence);
  }

  /** A fault that is worded alike in every operation: keys, schema, sizes. */
  public static ValidationFault bare(String sentence) {
    return new ValidationFault(Kind.BARE, sentence, sentence);
  }

  /** How it is worded. */
  public Kind kind() {
    return kind;
  }

  /** The sentence, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** The sentence as it follows {@code 1 validation error detected: }. */
  public String newText() {
    return newText;
  }
}
