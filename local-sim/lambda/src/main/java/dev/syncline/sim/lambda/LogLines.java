// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.time.Instant;

/** Receives the output of functions. Thread-safe, never blocks. */
@FunctionalInterface
public interface LogLines {
  /** Appends one line, without its line end. */
  void append(String logGroup, String logStream, Instant time, String line);

  /** Appends a line of a function, to its log group. */
  default void append(FunctionSpec spec, String logStream, Instant time, String line) {
    append(spec.logGroup(), logStream, time, line);
  }
}
