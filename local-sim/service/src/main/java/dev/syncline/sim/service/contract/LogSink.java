// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import dev.syncline.sim.service.CallPrincipal;
import java.time.Instant;

/**
 * Takes log lines. {@code logs} provides it; {@code lambda}, {@code apigateway}, {@code appsync}
 * and {@code stepfunctions} write to it. Thread-safe, never blocks.
 */
@FunctionalInterface
public interface LogSink {
  /** Appends one event; creates the group and the stream if they do not exist. */
  void append(String logGroup, String logStream, Instant time, String message);

  /**
   * Appends one event with the permissions of a role, as far as permissions are enforced.
   *
   * @return whether it was written; a line that the role may not write is dropped, as on AWS
   */
  default boolean append(
      CallPrincipal.RoleSession role,
      String logGroup,
      String logStream,
      Instant time,
      String message) {
    append(logGroup, logStream, time, message);
    return true;
  }
}
