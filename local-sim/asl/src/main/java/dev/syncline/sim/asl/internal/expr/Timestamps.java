// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** ISO-8601 times with an offset, the only time format of the language. */
public final class Timestamps {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");

  private Timestamps() {}

  /** The time that a text names; null for a text that is not a time. */
  public static @Nullable Instant parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static @Nullable Instant parse(JsonNode value) {
    return parse(value.textValue());
  }

  static boolean isTimestamp(JsonNode value) {
    return parse(value) != null;
  }

  /** As the context object shows times: UTC with milliseconds. */
  public static String format(Instant time) {
    return MILLIS.format(time.atOffset(java.time.ZoneOffset.UTC));
  }
}
