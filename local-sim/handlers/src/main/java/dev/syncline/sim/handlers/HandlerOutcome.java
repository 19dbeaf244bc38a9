// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a call of code. Immutable if the caller does not change the nodes. */
public sealed interface HandlerOutcome {
  /** What it left behind. */
  HandlerTraces traces();

  /** Its console output, such as {@code INFO - code.js:3:5: "text"}. */
  default List<String> logs() {
    return traces().logs();
  }

  /**
   * It returned.
   *
   * @param value the returned value; a null node for {@code null} and {@code undefined}
   * @param early whether by {@code runtime.earlyReturn}
   * @param skipTo {@code END} or {@code NEXT}, if an early return named it
   */
  record Returned(JsonNode value, boolean early, @Nullable String skipTo, HandlerTraces traces)
      implements HandlerOutcome {
    /** {@code ctx.stash} after the call. */
    public ObjectNode stash() {
      return traces.stash();
    }

    /** The errors added by {@code util.appendError}. */
    public ArrayNode outErrors() {
      return traces.outErrors();
    }
  }

  /**
   * It called {@code util.error}.
   *
   * @param error {@code message}, {@code errorType}, {@code data} and {@code errorInfo}, if given
   */
  record Refused(ObjectNode error, HandlerTraces traces) implements HandlerOutcome {
    /** The message. */
    public String message() {
      return error.path("message").asText("");
    }
  }

  /** It called {@code util.unauthorized}. */
  record Unauthorized(HandlerTraces traces) implements HandlerOutcome {}

  /** It failed, or was stopped at a limit. */
  record Failed(String message, HandlerTraces traces) implements HandlerOutcome {}
}
