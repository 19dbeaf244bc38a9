// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/**
 * A member of the wrong JSON type, which AWS refuses with {@code SerializationException} before it
 * looks at any value. Carries no stack trace.
 */
public final class SerializationFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault in AWS's words. */
  public SerializationFault(String sentence) {
    super(sentence, null, false, false);
  }

  /** The sentence, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
