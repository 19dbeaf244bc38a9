// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.LogSink;
import java.time.Instant;

/**
 * Writes the logs of stages with the account's role for logs; without a role as the simulator
 * itself. A role that may not write loses the lines, as on AWS. Thread-safe.
 */
record AccountLogs(RestApiStore store, LogSink sink) implements LogSink {
  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    String role = store.locked(all -> store.account().path("cloudwatchRoleArn").asText(""));
    if (role.isEmpty()) {
      sink.append(logGroup, logStream, time, message);
      return;
    }
    var session = new CallPrincipal.RoleSession(role, RoleCredentials.SESSION);
    sink.append(session, logGroup, logStream, time, message);
  }
}
