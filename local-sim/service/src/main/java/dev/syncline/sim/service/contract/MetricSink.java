// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.time.Instant;
import java.util.Map;

/**
 * Takes metrics. {@code cloudwatch} provides it; {@code lambda} passes each line that a function
 * logs, {@code appsync} the metrics of GraphQL APIs. Thread-safe, never blocks.
 */
public interface MetricSink {
  /** Reads a line in the embedded metric format; a line in another format is ignored. */
  void logged(Instant time, String line);

  /**
   * Adds one value.
   *
   * @param namespace such as {@code AWS/AppSync}
   * @param unit such as {@code Count}, as CloudWatch names it
   */
  void value(
      Instant time,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double value,
      String unit);
}
