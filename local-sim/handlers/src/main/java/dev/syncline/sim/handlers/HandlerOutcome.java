// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The result of a handler call. Immutable if the caller does not change the nodes. */
public sealed interface HandlerOutcome {
  /** What it wrote to the console, such as {@code INFO - code.js:3:5: "text"}. */
  List<String> logs();

  /**
   * It ended.
   *
   * @param value what it returned; a null node for {@code null} and {@code undefined}
   * @param early whether by {@code runtime.earlyReturn}
   * @param stash {@code ctx.stash} as it left it
   * @param outErrors what it added by {@code util.appendError}
   */
  record Returned(
      JsonNode value, boolean early, ObjectNode stash, ArrayNode outErrors, List<String> logs)
      implements HandlerOutcome {
    /** Copies the list. */
    public Returned {
      logs = List.copyOf(logs);
    }
  }

  /**
   * It called {@code util.error}.
   *
   * @param error {@code message}, {@code errorType}, {@code data} and {@code errorInfo}, those that
   *     it gave
   */
  record Refused(ObjectNode error, List<String> logs) implements HandlerOutcome {
    /** Copies the list. */
    public Refused {
      logs = List.copyOf(logs);
    }

    /** The message. */
    public String message() {
      return error.path("message").asText("");
    }
  }

  /** It called {@code util.unauthorized}. */
  record Unauthorized(List<String> logs) implements HandlerOutcome {
    /** Copies the list. */
    public Unauthorized {
      logs = List.copyOf(logs);
    }
  }

  /** It broke, or used more than it may and was stopped. */
  record Failed(String message, List<String> logs) implements HandlerOutcome {
    /** Copies the list. */
    public Failed {
      logs = List.copyOf(logs);
    }
  }
}
