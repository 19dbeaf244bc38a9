// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The answer to a request.
 *
 * @param status the HTTP status
 * @param body the document with {@code data} or {@code errors}
 * @param completed the root fields of a mutation in order, for subscriptions; empty for queries
 * @param resolverRuns how many resolver calls the request made
 */
public record GraphqlResponse(
    int status, ObjectNode body, List<CompletedMutation> completed, int resolverRuns) {
  /** Copies the list. */
  public GraphqlResponse {
    completed = List.copyOf(completed);
  }

  /** An answer without completed mutations. */
  public static GraphqlResponse of(int status, ObjectNode body) {
    return new GraphqlResponse(status, body, List.of(), 0);
  }
}
