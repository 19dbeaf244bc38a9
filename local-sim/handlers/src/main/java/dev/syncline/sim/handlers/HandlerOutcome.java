// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The result of a handler call. Immutable if the caller does not change the nodes. */
public sealed interface HandlerOutcome {
  /** Its console output, such as {@code INFO - code.js:3:5: "text"}. */
  List<String> logs();

  /**
   * * It returned.
   *
   * @param value the returned value; a null node for {@code null} and {@code undefined}
   * @param early whether by {@code runtime.earlyReturn}
   * @param stash {@code ctx.stash} after the call
   * @param outErrors the errors added by {@code util.appendError}
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
   * @param error {@code message}, {@code errorType}, {@code data} and {@code errorInfo}, if given
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

  /** It failed, or was stopped at a limit. */
  record Failed(String message, List<String> logs) implements HandlerOutcome {
    /** Copies the list. */
    public Failed {
      logs = List.copyOf(logs);
    }
  }
}
