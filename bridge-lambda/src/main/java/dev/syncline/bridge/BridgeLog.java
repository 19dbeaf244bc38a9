// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;

/**
 * Log lines as JSON, one object a line. Never a payload, a header or a credential: callers pass
 * names, numbers and reasons. Thread-safe.
 */
final class BridgeLog {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_VALUE_CHARS = 2_000;

  private final Clock clock;
  private final PrintStream out;

  BridgeLog(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  void info(String message, Map<String, ?> fields) {
    write("INFO", message, fields);
  }

  void warn(String message, Map<String, ?> fields) {
    write("WARN", message, fields);
  }

  private void write(String level, String message, Map<String, ?> fields) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", clock.instant().toString());
      json.writeStringField("level", level);
      json.writeStringField("message", message);
      for (Map.Entry<String, ?> field : fields.entrySet()) {
        if (field.getValue() instanceof Number number) {
          json.writeNumberField(field.getKey(), number.longValue());
        } else {
          json.writeStringField(
              field.getKey(), CallerText.clean(field.getValue().toString(), MAX_VALUE_CHARS));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    // One call for the line with its end, so that lines of two requests never mix.
    out.print(line.append('\n'));
    out.flush();
  }
}
