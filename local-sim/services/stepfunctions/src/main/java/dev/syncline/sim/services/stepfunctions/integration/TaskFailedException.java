// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;

/** A Task's work failed; the state machine's Retry and Catch handle it. */
public final class TaskFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;
  private final String cause;

  /** A failure of that name and those words. */
  public TaskFailedException(String error, String cause) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
  }

  /** A failure that Retry and Catch do not handle: the task itself is invalid. */
  static TaskFailedException runtime(String cause) {
    return new TaskFailedException("States.Runtime", cause);
  }

  /** The integration does not accept the parameters; the words are those of AWS. */
  static TaskFailedException badParameters(Object parameters, String problem) {
    return runtime(
        "The Parameters '"
            + parameters
            + "' could not be used to start the Task: ["
            + problem
            + "]");
  }

  /** Refuses a parameter that is not one of these. */
  static void requireSupported(JsonNode parameters, Collection<String> supported)
      throws TaskFailedException {
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      if (!supported.contains(parameter.getKey())) {
        throw badParameters(
            parameters,
            "The field \"" + parameter.getKey() + "\" is not supported by Step Functions");
      }
    }
  }

  /** The error name that ErrorEquals matches. */
  public String error() {
    return error;
  }

  /** The cause. */
  public String cause() {
    return cause;
  }
}
