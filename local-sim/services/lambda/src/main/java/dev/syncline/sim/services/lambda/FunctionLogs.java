// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.LogLines;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.settings.IamMode;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the lines of functions with the permissions of their roles. Lines that a role may not
 * write are dropped silently, as Lambda does. Thread-safe.
 */
final class FunctionLogs implements LogLines {
  private static final int MAX_STREAMS = 10_000;

  private final Dispatcher dispatcher;
  private final Ids ids;
  private final LogSink logs;
  private final String account;
  private final String region;

  /** The streams that were allowed to be created. Guarded by itself. */
  private final Map<String, Boolean> created = BoundedMap.byUse(MAX_STREAMS);

  FunctionLogs(Dispatcher dispatcher, Ids ids, LogSink logs, String account, String region) {
    this.dispatcher = dispatcher;
    this.ids = ids;
    this.logs = logs;
    this.account = account;
    this.region = region;
  }

  @Override
  public void append(FunctionSpec spec, String logStream, Instant time, String line) {
    if (dispatcher.permissions().mode() == IamMode.OFF || mayWrite(spec, logStream)) {
      append(spec.logGroup(), logStream, time, line);
    }
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String line) {
    logs.append(logGroup, logStream, time, line);
  }

  private boolean mayWrite(FunctionSpec spec, String logStream) {
    CallContext context =
        new CallContext(account, region, ids.uuid().toString(), "", new byte[0])
            .as(new CallPrincipal.RoleSession(spec.role(), spec.name()));
    String group = context.arn("logs", "log-group:" + spec.logGroup());
    String stream = group + ":log-stream:" + logStream;
    synchronized (created) {
      if (created.containsKey(stream)) {
        return allowed("logs:PutLogEvents", stream, context);
      }
    }
    boolean may =
        (logs.has(spec.logGroup()) || allowed("logs:CreateLogGroup", group, context))
            && allowed("logs:CreateLogStream", stream, context)
            && allowed("logs:PutLogEvents", stream, context);
    if (may) {
      synchronized (created) {
        created.put(stream, true);
      }
    }
    return may;
  }

  private boolean allowed(String action, String resource, CallContext context) {
    return dispatcher.permissions().denial(AccessCheck.of(action, resource), context).isEmpty();
  }
}
