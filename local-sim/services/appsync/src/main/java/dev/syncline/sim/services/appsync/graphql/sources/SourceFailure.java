// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;

/** A request document that is not carried out, or a data source that answered an error. */
final class SourceFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient FieldError error;
  private final transient JsonNode value;

  /**
   * A failure.
   *
   * @param value {@code ctx.result} beside the error; a null node for none
   */
  SourceFailure(FieldError error, JsonNode value) {
    super(error.message());
    this.error = error;
    this.value = value;
  }

  static SourceFailure of(String errorType, String message) {
    return new SourceFailure(FieldError.of(errorType, message), NullNode.instance);
  }

  /** A request document that is not as it must be. */
  static SourceFailure template(String message) {
    return of("MappingTemplate", message);
  }

  FieldError error() {
    return error;
  }

  SourceResult result() {
    return new SourceResult(value, error);
  }
}
