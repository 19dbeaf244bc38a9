// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An error in a frame. Immutable.
 *
 * @param errorType null for an error that AppSync sends without a type
 * @param message for the client
 * @param errorCode 0 for an error that AppSync sends without a code
 */
public record RealtimeError(@Nullable String errorType, String message, int errorCode) {
  private static final int BAD_REQUEST = 400;

  /** An error without a code. */
  public static RealtimeError of(@Nullable String errorType, String message) {
    return new RealtimeError(errorType, message, 0);
  }

  /** An error of a connection, or of a filter: with the code 400. */
  public static RealtimeError coded(@Nullable String errorType, String message) {
    return new RealtimeError(errorType, message, BAD_REQUEST);
  }

  /** The refusal of a credential. */
  public static RealtimeError unauthorized() {
    return of("UnauthorizedException", "You are not authorized to make this call.");
  }

  /** The refusal of a client that is too fast. */
  public static RealtimeError rateExceeded() {
    return of("LimitExceededError", "Rate limit exceeded");
  }

  ObjectNode json() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    if (errorType != null) {
      error.put("errorType", errorType);
    }
    error.put("message", message);
    return errorCode == 0 ? error : error.put("errorCode", errorCode);
  }
}
