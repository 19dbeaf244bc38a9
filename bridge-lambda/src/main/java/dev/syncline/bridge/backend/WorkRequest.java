// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.Channel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a backend is started with. Immutable and thread-safe.
 *
 * @param id the work's name
 * @param replyTo where the backend publishes the one answer
 * @param event the request's body, a JSON text
 * @param traceparent the caller's W3C trace context, if it sent one
 */
public record WorkRequest(
    CorrelationId id, Channel replyTo, String event, Optional<String> traceparent) {

  /**
   * The longest input that every shipped backend takes, in UTF-8 bytes: a Step Functions execution
   * (AWS Step Functions service quotas, 256 KiB).
   */
  public static final int MAX_INPUT_BYTES = 262_144;

  private static final JsonFactory JSON = new JsonFactory();

  /** {@code {"id","replyTo","event"[,"traceparent"]}}; the event travels as a string. */
  public String toJson() {
    StringWriter text = new StringWriter(event.length() + 256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", id.value());
      json.writeStringField("replyTo", replyTo.path());
      json.writeStringField("event", event);
      if (traceparent.isPresent()) {
        json.writeStringField("traceparent", traceparent.get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    return text.toString();
  }

  /** Whether the input is within {@link #MAX_INPUT_BYTES}: quotes in the event count twice. */
  public boolean fits() {
    return toJson().getBytes(StandardCharsets.UTF_8).length <= MAX_INPUT_BYTES;
  }
}
