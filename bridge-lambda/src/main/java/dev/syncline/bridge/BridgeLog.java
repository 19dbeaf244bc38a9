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
import java.util.Set;

/**
 * Log lines as JSON, one object per line. Callers pass names, numbers and reasons; never a
 * credential, and a payload only with {@code LOG_PAYLOAD}. Thread-safe.
 */
record BridgeLog(Clock clock, PrintStream out) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAMESPACE = "Syncline/Bridge";
  private static final Set<String> DURATIONS = Set.of("wait", "connect");
  private static final int MAX_VALUE_CHARS = 2_000;

  void info(String message, Map<String, ?> fields) {
    write("INFO", message, fields);
  }

  void warn(String message, Map<String, ?> fields) {
    write("WARN", message, fields);
  }

  /**
   * The line of an answered request.
   *
   * @param figures CloudWatch metrics by name, durations in milliseconds and counts; may be empty.
   *     Source of the format: "Specification: Embedded metric format", CloudWatch user guide
   */
  void answered(Map<String, ?> fields, Map<String, Long> figures) {
    write("INFO", "request answered", fields, figures);
  }

  private void write(String level, String message, Map<String, ?> fields) {
    write(level, message, fields, Map.of());
  }

  private void write(
      String level, String message, Map<String, ?> fields, Map<String, Long> figures) {
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
              field.getKey(), ErrorSanitizer.clean(field.getValue().toString(), MAX_VALUE_CHARS));
        }
      }
      if (!figures.isEmpty()) {
        writeMetrics(json, figures);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    // One call writes the line with its end, so that lines of concurrent requests do not mix.
    out.print(line.append('\n'));
    out.flush();
  }

  private void writeMetrics(JsonGenerator json, Map<String, Long> figures) throws IOException {
    for (Map.Entry<String, Long> figure : figures.entrySet()) {
      json.writeNumberField(figure.getKey(), figure.getValue());
    }
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", clock.millis());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", NAMESPACE);
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    json.writeString("backend");
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (String name : figures.keySet()) {
      json.writeStartObject();
      json.writeStringField("Name", name);
      json.writeStringField("Unit", DURATIONS.contains(name) ? "Milliseconds" : "Count");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
