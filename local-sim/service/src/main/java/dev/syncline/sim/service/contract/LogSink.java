// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;

/** Where services write log lines; CloudWatch Logs is behind it. Thread-safe, never blocks. */
@FunctionalInterface
public interface LogSink {
  /** Appends one event; the group and the stream come into being when they are not there. */
  void append(String logGroup, String logStream, Instant time, String message);
}
