// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.settings.IamMode;
import java.time.Instant;
import java.util.Map;

/**
 * The log of other services. Lines that are written with a role need its permissions, as if the
 * service called {@code CreateLogGroup}, {@code CreateLogStream} and {@code PutLogEvents}.
 * Thread-safe.
 */
final class WrittenByRole implements LogSink {
  private static final int MAX_STREAMS = 10_000;

  private final ServiceContext context;
  private final LogsService logs;

  /** The streams that a role was allowed to create. Guarded by itself. */
  private final Map<String, Boolean> created = BoundedMap.byUse(MAX_STREAMS);

  WrittenByRole(ServiceContext context, LogsService logs) {
    this.context = context;
    this.logs = logs;
  }

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
    synchronized (created) {
      if (exists && created.containsKey(stream)) {
        return allowed("logs:PutLogEvents", stream, call);
      }
    }
    boolean may =
        (exists || allowed("logs:CreateLogGroup", group, call))
            && allowed("logs:CreateLogStream", stream, call)
            && allowed("logs:PutLogEvents", stream, call);
    if (may) {
      synchronized (created) {
        created.put(stream, true);
      }
    }
    return may;
  }

  private boolean allowed(String action, String resource, CallContext call) {
    return context
        .dispatcher()
        .permissions()
        .denial(AccessCheck.of(action, resource), call)
        .isEmpty();
  }
}
