// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

/** A schema that AppSync refuses; the message is the text of {@code GetSchemaCreationStatus}. */
public final class SchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A refusal with its text. */
  public SchemaException(String details) {
    super(details);
  }

  /** A refusal with its text and the error of the parser. */
  SchemaException(String details, Throwable cause) {
    super(details, cause);
  }
}
