// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out request documents of resolvers. Thread-safe; calls may block. */
public interface SourceCalls {
  /**
   * The result of a request document.
   *
   * @param value {@code ctx.result}; a null node without a result
   * @param error {@code ctx.error}; null for a success. A failed condition has the item in {@code
   *     data}
   */
  record SourceResult(JsonNode value, @Nullable FieldError error) {
    /** A success. */
    public static SourceResult of(JsonNode value) {
      return new SourceResult(value.isMissingNode() ? NullNode.instance : value, null);
    }

    /** A failure. */
    public static SourceResult failed(String errorType, String message) {
      return new SourceResult(NullNode.instance, FieldError.of(errorType, message));
    }
  }

  /** The type of a data source, such as {@code AWS_LAMBDA}; empty for an unknown data source. */
  String type(String dataSource);

  /**
   * Carries out documents of one resolver at one level of the response.
   *
   * @param documents one, or several {@code BatchInvoke} documents for one call of a function
   * @return as many results, in the same order
   */
  List<SourceResult> call(String dataSource, List<JsonNode> documents, RequestContext request);
}
