// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;

/**
 * Takes metrics from log lines in the embedded metric format. {@code cloudwatch} provides it;
 * {@code lambda} passes each line that a function logs. Thread-safe, never blocks.
 */
@FunctionalInterface
public interface MetricSink {
  /** Reads a line; a line in another format is ignored. */
  void logged(Instant time, String line);
}
