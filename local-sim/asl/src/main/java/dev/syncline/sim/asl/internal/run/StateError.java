// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error that a retrier, a catcher, or the end of the execution handles.
 *
 * @param error its name; null only for a Fail state without one
 * @param cause its words
 * @param heartbeat whether a missing heartbeat caused it
 */
record StateError(@Nullable String error, @Nullable String cause, boolean heartbeat) {
  static final String RUNTIME = "States.Runtime";
  static final String TIMEOUT = "States.Timeout";

  static StateError of(@Nullable String error, @Nullable String cause) {
    return new StateError(error, cause, false);
  }

  boolean isRuntime() {
    return RUNTIME.equals(error);
  }

  /**
   * AWS's rules: Runtime is never matched, TaskFailed leaves out Timeout. AWS documents that
   * States.ALL leaves out DataLimitExceeded; the recordings show that it does not.
   */
  boolean matches(List<String> names) {
    if (isRuntime()) {
      return false;
    }
    for (String name : names) {
      boolean match =
          switch (name) {
            case "States.ALL" -> true;
            case "States.TaskFailed" -> !TIMEOUT.equals(error);
            case "States.HeartbeatTimeout" -> heartbeat || name.equals(error);
            default -> name.equals(error);
          };
      if (match) {
        return true;
      }
    }
    return false;
  }

  /** The error output of a catcher. */
  ObjectNode output() {
    // A timeout has an empty cause; a token returned without error and cause has none (recorded).
    String shown = cause == null && TIMEOUT.equals(error) ? "" : cause;
    return JsonNodeFactory.instance.objectNode().put("Error", error).put("Cause", shown);
  }
}
