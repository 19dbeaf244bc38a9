// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of refused schemas. Those of AppSync were seen in reports of its users; those of the
 * type system are graphql-java 9's, without positions, as AppSync shows them.
 */
final class SchemaTexts {
  static final String NOT_SDL =
      "Failed to parse schema document - ensure it's a valid SDL-formatted document.";
  static final String NO_SCHEMA = "There is no top level schema object defined.";
  static final String NO_QUERY = "A schema MUST have a 'query' operation defined.";
  static final String INTERNAL = "Internal Failure while saving the schema.";
  static final String TOO_LARGE = "The schema is larger than the limit of 1 MB.";
  static final String TOO_ENTANGLED =
      "The types of the schema refer to each other in too long chains or too many ways.";
  static final String DUPLICATE_TYPES = "Schema contains duplicate type names.";
  static final String INVALID_OUTPUT = "The subscription has an invalid output type.";

  /** Errors that are shown; a schema may have thousands. */
  static final int MAX_ERRORS = 50;

  private SchemaTexts() {}

  /** Several errors of the type system. */
  static SchemaException typeSystem(List<String> errors) {
    return new SchemaException(
        errors.stream().limit(MAX_ERRORS).collect(Collectors.joining(" , ")));
  }

  /** Several errors of AppSync's own rules. */
  static SchemaException rules(List<String> errors) {
    return new SchemaException(
        errors.stream()
            .distinct()
            .limit(MAX_ERRORS)
            .collect(Collectors.joining("\n   - ", "Schema has the following errors:\n   - ", "")));
  }
}
