// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.LogLines;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.LogSink;
import java.time.Instant;

/** Writes the lines of functions with the permissions of their roles. Thread-safe. */
record FunctionLogs(LogSink logs) implements LogLines {
  @Override
  public void append(FunctionSpec spec, String logStream, Instant time, String line) {
    var role = new CallPrincipal.RoleSession(spec.role(), spec.name());
    // A line that the role may not write is dropped silently, as Lambda does.
    logs.append(role, spec.logGroup(), logStream, time, line);
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String line) {
    logs.append(logGroup, logStream, time, line);
  }
}
