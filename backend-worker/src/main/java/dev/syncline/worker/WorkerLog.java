// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Log lines as JSON, one object per line. Callers pass names, numbers and reasons; never a payload
 * or a credential. Thread-safe.
 */
public final class WorkerLog {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_VALUE_CHARS = 2_000;

  private final Clock clock;
  private final Consumer<String> lines;

  /** Passes each line, with its line end, to {@code lines}. */
  public WorkerLog(Clock clock, Consumer<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  /** Writes to a stream. */
  public static WorkerLog to(PrintStream out, Clock clock) {
    return new WorkerLog(
        clock,
        line -> {
          out.print(line);
          out.flush();
        });
  }

  /** A normal event. */
  public void info(String message, Map<String, ?> fields) {
    write("INFO", message, fields);
  }

  /** An event that may need attention. */
  public void warn(String message, Map<String, ?> fields) {
    write("WARN", message, fields);
  }

  /** An event that needs attention. */
  public void error(String message, Map<String, ?> fields) {
    write("ERROR", message, fields);
  }

  private void write(String level, String message, Map<String, ?> fields) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", clock.instant().toString());
      json.writeStringField("level", level);
      json.writeStringField("message", clean(message));
      for (Map.Entry<String, ?> field : fields.entrySet()) {
        if (field.getValue() instanceof Number number) {
          json.writeNumberField(field.getKey(), number.longValue());
        } else {
          json.writeStringField(field.getKey(), clean(String.valueOf(field.getValue())));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    lines.accept(line.append('\n').toString());
  }

  private static String clean(String text) {
    String shown = text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS);
    return Envelope.encodable(shown);
  }
}
