// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/** How the start of a subscription ended. */
public sealed interface SubscriptionStart {
  /** It is live. */
  record Started(SubscriptionOperation operation) implements SubscriptionStart {}

  /**
   * It is refused.
   *
   * @param errors the {@code errors} of the error frame: objects with message and, when the error
   *     has one, errorType
   */
  record Refused(ArrayNode errors) implements SubscriptionStart {
    static Refused of(@Nullable String errorType, @Nullable String message) {
      Refused refused = new Refused(JsonNodeFactory.instance.arrayNode());
      refused.add(errorType, message);
      return refused;
    }

    void add(@Nullable String errorType, @Nullable String message) {
      var error = errors.addObject();
      if (errorType != null) {
        error.put("errorType", errorType);
      }
      error.put("message", message);
    }
  }
}
