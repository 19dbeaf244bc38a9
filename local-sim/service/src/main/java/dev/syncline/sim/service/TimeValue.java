// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** A time in an answer: seconds since the epoch in JSON, ISO 8601 in XML. */
public final class TimeValue extends DecimalNode {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Wraps a time, to the millisecond. */
  public TimeValue(Instant time) {
    super(BigDecimal.valueOf(time.toEpochMilli(), 3));
  }

  @Override
  public String asText() {
    return ISO.format(Instant.ofEpochMilli(decimalValue().movePointRight(3).longValue()));
  }
}
