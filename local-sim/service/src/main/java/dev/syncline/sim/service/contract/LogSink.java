// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;

/**
 * Takes log lines. {@code logs} provides it; {@code lambda}, {@code apigateway}, {@code appsync}
 * and {@code stepfunctions} write to it. Thread-safe, never blocks.
 */
@FunctionalInterface
public interface LogSink {
  /** Appends one event; creates the group and the stream if they do not exist. */
  void append(String logGroup, String logStream, Instant time, String message);

  /** Whether the group exists, so that {@link #append} need not create it. */
  default boolean has(String logGroup) {
    return true;
  }
}
