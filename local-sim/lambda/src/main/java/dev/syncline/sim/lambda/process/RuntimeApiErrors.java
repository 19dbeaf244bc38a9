// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.RuntimeErrors;
import java.io.IOException;

/** The errors that the Runtime API answers, in Lambda's words. */
final class RuntimeApiErrors {
  private RuntimeApiErrors() {}

  static void notThere(
      RuntimeApiConnection connection, RuntimeApiConnection.Request request, String what)
      throws IOException {
    connection.skip(request);
    error(connection, 404, "NotFound", "There is no " + what);
  }

  static void invalidTransition(RuntimeApiConnection connection, String from, String to)
      throws IOException {
    error(
        connection,
        403,
        "InvalidStateTransition",
        "State transition from "
            + from
            + " to "
            + to
            + " failed for runtime. Error: State transition is not allowed");
  }

  static void error(RuntimeApiConnection connection, int status, String type, String message)
      throws IOException {
    connection.write(status, RuntimeErrors.of(type, message, false).payload());
  }
}
