// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Instant;

/** Timestamps as awsJson1.0 writes them: epoch seconds with milliseconds. */
final class Timestamps {
  private Timestamps() {}

  static DecimalNode of(Instant time) {
    return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli(), 3));
  }
}
