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
 * The input of a backend. Immutable and thread-safe.
 *
 * @param id the work's id
 * @param replyTo where the backend publishes its answer; empty if this backend does not publish
 * @param event the request's body, a JSON text
 * @param keyed whether the caller may repeat the request, because it sent an {@code
 *     Idempotency-Key}
 * @param traceparent the caller's W3C trace context, if it sent one
 * @param correlationId the caller's own {@code X-Correlation-Id}, if it sent one
 */
public record WorkRequest(
    CorrelationId id,
    Optional<Channel> replyTo,
    String event,
    boolean keyed,
    Optional<String> traceparent,
    Optional<String> correlationId) {

  /**
   * The maximum input that every shipped backend accepts, in UTF-8 bytes: that of a Step Functions
   * execution (AWS Step Functions service quotas, 256 KiB).
   */
  public static final int MAX_INPUT_BYTES = 262_144;

  private static final JsonFactory JSON = new JsonFactory();

  /** Work with an answer on a channel, without optional members. */
  public static WorkRequest of(CorrelationId id, Channel replyTo, String event) {
    return new WorkRequest(
        id, Optional.of(replyTo), event, false, Optional.empty(), Optional.empty());
  }

  /**
   * {@code {"id"[,"replyTo"],"event"[,"traceparent"][,"correlationId"]}}; the event is a string.
   */
  public String toJson() {
    StringWriter text = new StringWriter(event.length() + 256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", id.value());
      if (replyTo.isPresent()) {
        json.writeStringField("replyTo", replyTo.get().path());
      }
      json.writeStringField("event", event);
      if (traceparent.isPresent()) {
        json.writeStringField("traceparent", traceparent.get());
      }
      if (correlationId.isPresent()) {
        json.writeStringField("correlationId", correlationId.get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does no I/O", e);
    }
    return text.toString();
  }

  /**
   * Whether the input is within {@link #MAX_INPUT_BYTES}. A quote in the event counts as two bytes.
   */
  public boolean fits() {
    return toJson().getBytes(StandardCharsets.UTF_8).length <= MAX_INPUT_BYTES;
  }
}
