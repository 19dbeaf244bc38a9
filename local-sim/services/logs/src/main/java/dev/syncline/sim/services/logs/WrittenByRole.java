// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.settings.IamMode;
import java.time.Instant;

/**
 * The log of other services. Lines that are written with a role need its permissions, as if the
 * service called {@code CreateLogGroup}, {@code CreateLogStream} and {@code PutLogEvents}.
 * Thread-safe.
 */
record WrittenByRole(ServiceContext context, LogsService logs) implements LogSink {
  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    logs.append(logGroup, logStream, time, message);
    // A log line changes the state without an operation.
    context.dispatcher().changed();
  }

  @Override
  public boolean append(
      CallPrincipal.RoleSession role,
      String logGroup,
      String logStream,
      Instant time,
      String message) {
    boolean may =
        context.dispatcher().permissions().mode() == IamMode.OFF
            || mayWrite(context.callAs(role), logGroup, logStream);
    if (may) {
      append(logGroup, logStream, time, message);
    }
    return may;
  }

  private boolean mayWrite(CallContext call, String logGroup, String logStream) {
    String group = call.arn("logs", "log-group:" + logGroup);
    String stream = group + ":log-stream:" + logStream;
    boolean exists = logs.has(logGroup);
    return (exists || allowed("logs:CreateLogGroup", group, call))
        && (logs.has(logGroup, logStream) || allowed("logs:CreateLogStream", stream, call))
        && allowed("logs:PutLogEvents", stream, call);
  }

  private boolean allowed(String action, String resource, CallContext call) {
    return context
        .dispatcher()
        .permissions()
        .denial(AccessCheck.of(action, resource), call)
        .isEmpty();
  }
}
