// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import java.util.List;

/** A statistic set: the summary of the values of a span of time. Immutable. */
record Values(double count, double sum, double minimum, double maximum) {
  /** The supported statistics. */
  static final List<String> STATISTICS =
      List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");

  static Values of(double value, double count) {
    return new Values(count, value * count, value, value);
  }

  Values and(Values other) {
    return new Values(
        count + other.count,
        sum + other.sum,
        Math.min(minimum, other.minimum),
        Math.max(maximum, other.maximum));
  }

  double statistic(String name) {
    return switch (name) {
      case "SampleCount" -> count;
      case "Average" -> count == 0 ? 0 : sum / count;
      case "Sum" -> sum;
      case "Minimum" -> minimum;
      case "Maximum" -> maximum;
      default ->
          throw CloudWatchErrors.invalid(
              "The simulator does not support the statistic '"
                  + name
                  + "'; it supports "
                  + String.join(", ", STATISTICS)
                  + ".");
    };
  }
}
