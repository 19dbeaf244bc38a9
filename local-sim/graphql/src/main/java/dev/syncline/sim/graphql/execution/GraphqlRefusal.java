// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused before its execution.
 *
 * @param status the HTTP status
 * @param errorType such as {@code MalformedHttpRequestException}
 * @param message the text for the caller
 */
public record GraphqlRefusal(int status, String errorType, String message) {
  static final GraphqlRefusal EMPTY_BODY = malformed("Request body is empty.");
  static final GraphqlRefusal UNPARSABLE = malformed("Unable to parse GraphQL query.");
  private static final GraphqlRefusal NO_OPERATION_NAME = bad("Missing operation name.");

  static final GraphqlRefusal SUBSCRIPTION =
      bad("Subscriptions are not supported over HTTP. Use the real-time endpoint of the API.");

  private static GraphqlRefusal malformed(String message) {
    return new GraphqlRefusal(400, "MalformedHttpRequestException", message);
  }

  /** A text that exceeds a bound of the simulator. */
  static GraphqlRefusal unparsable(String reason) {
    return malformed(UNPARSABLE.message + " " + reason);
  }

  /** No operation is chosen: the name is missing or not in the document. */
  static GraphqlRefusal noOperation(@Nullable String name) {
    return name == null ? NO_OPERATION_NAME : bad("Unknown operation named '" + name + "'.");
  }

  static GraphqlRefusal bad(String message) {
    return new GraphqlRefusal(400, "BadRequestException", message);
  }

  /** The API has no schema yet. */
  public static GraphqlRefusal noSchema() {
    return new GraphqlRefusal(502, "GraphQLSchemaException", "No schema definition exists.");
  }

  /** The answer. */
  public GraphqlResponse response() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("errors").addObject().put("errorType", errorType).put("message", message);
    return GraphqlResponse.of(status, body);
  }
}
