// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a GraphQL API that is to be verified. Immutable as long as the node is not changed.
 *
 * @param requestId as the caller gets it
 * @param credentials as received
 * @param caller the origin; its path may have been signed
 * @param signedBodies the texts that the client may have signed as the body
 * @param query the document; null for opening a connection
 * @param operationName null without one
 * @param variables by name; empty without variables
 */
public record GraphqlCall(
    String requestId,
    Credentials credentials,
    AuthRequest.Caller caller,
    List<String> signedBodies,
    @Nullable String query,
    @Nullable String operationName,
    ObjectNode variables) {
  /** Copies the list. */
  public GraphqlCall {
    signedBodies = List.copyOf(signedBodies);
  }
}
