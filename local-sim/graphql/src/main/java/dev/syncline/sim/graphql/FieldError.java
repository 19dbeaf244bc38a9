// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An error that a resolver raises or adds. Immutable if the nodes are not changed.
 *
 * @param message the text for the caller
 * @param errorType such as {@code Unauthorized} or {@code MappingTemplate}; null without a type
 * @param data shown after filtering by the field's selection set; null without data
 * @param errorInfo shown as it is; null without
 */
public record FieldError(
    String message,
    @Nullable String errorType,
    @Nullable JsonNode data,
    @Nullable JsonNode errorInfo) {
  /** An error with a type and no data. */
  public static FieldError of(@Nullable String errorType, String message) {
    return new FieldError(message, errorType, null, null);
  }

  /** The error of a field that the caller may not see. */
  public static FieldError unauthorized(String parentType, String field) {
    return of("Unauthorized", "Not Authorized to access " + field + " on type " + parentType);
  }
}
