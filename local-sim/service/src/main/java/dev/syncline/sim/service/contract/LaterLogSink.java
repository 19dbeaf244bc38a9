// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Contracts;
import java.time.Instant;

/** The log of a simulator whose rooms are created in any order. Thread-safe. */
public record LaterLogSink(Contracts contracts) implements LogSink {
  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    contracts.get(LogSink.class).append(logGroup, logStream, time, message);
  }

  @Override
  public boolean append(
      CallPrincipal.RoleSession role,
      String logGroup,
      String logStream,
      Instant time,
      String message) {
    return contracts.get(LogSink.class).append(role, logGroup, logStream, time, message);
  }
}
